// One streamed request. It has no effects until it is complete, so it may be
// sent again whenever it breaks.
import type Anthropic from "@anthropic-ai/sdk";
import { broken, classify, type Fault } from "./faults.ts";
import type { ContentBlock, Prompt, StopReason } from "./messages.ts";
import { NO_USAGE, readUsage, tokensIn, type Usage } from "./pricing.ts";

/** A complete answer, as plain data: it is journaled and sent back unmodified. */
export interface Reply {
	readonly content: readonly ContentBlock[];
	readonly stopReason: StopReason;
	readonly refusal?: {
		readonly category: string;
		readonly explanation: string;
	};
	readonly usage: Usage;
}

export type Attempt =
	| { readonly ok: true; readonly reply: Reply }
	| { readonly ok: false; readonly fault: Fault; readonly usage: Usage };

export interface Sending {
	/** `<role>/<name>`, sent as a header so that a proxy or log can tell agents apart. */
	readonly agent: string;
	readonly deadlineMs: number;
	readonly signal: AbortSignal;
}

/** Must not throw; an aborted request is a broken one. */
export async function attempt(
	client: Anthropic,
	prompt: Prompt,
	{ agent, deadlineMs, signal }: Sending,
): Promise<Attempt> {
	const seen: Seen = { characters: 0 };
	try {
		const stream = client.messages.stream(paramsOf(prompt), {
			signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
			headers: { "x-modelwright-agent": agent },
		});
		stream.on("streamEvent", (event) => note(seen, event));
		const message = await stream.finalMessage();
		if (message.type === "message" && message.stop_reason)
			return { ok: true, reply: replyOf(message, message.stop_reason) };
		return { ok: false, fault: broken(), usage: spentOn(seen) };
	} catch (error) {
		return { ok: false, fault: classify(error), usage: spentOn(seen) };
	}
}

function paramsOf(prompt: Prompt): Anthropic.MessageStreamParams {
	return {
		model: prompt.model,
		max_tokens: prompt.maxTokens,
		tools: [...prompt.tools],
		system: [...prompt.system],
		messages: [...prompt.messages],
		thinking: { type: "adaptive" },
		output_config: { effort: prompt.effort },
		cache_control: { type: "ephemeral" },
	};
}

/** Copied through JSON, so that the live answer equals the one read back from a journal. */
function replyOf(message: Anthropic.Message, stopReason: StopReason): Reply {
	const details = message.stop_details;
	return {
		content: JSON.parse(JSON.stringify(message.content)),
		stopReason,
		...(stopReason === "refusal"
			? {
					refusal: {
						category: details?.category ?? "unknown",
						explanation: details?.explanation ?? "",
					},
				}
			: {}),
		usage: readUsage(message.usage),
	};
}

/** What came of an answer before it broke. */
interface Seen {
	usage?: Usage;
	characters: number;
}

function note(seen: Seen, event: Anthropic.MessageStreamEvent): void {
	if (event.type === "message_start")
		seen.usage = readUsage(event.message.usage);
	if (event.type === "content_block_delta")
		seen.characters += JSON.stringify(event.delta).length;
}

/** A broken stream is charged too, but its last count never came: estimate it. */
function spentOn({ usage, characters }: Seen): Usage {
	if (!usage) return NO_USAGE;
	return { ...usage, outputTokens: tokensIn(characters) };
}
