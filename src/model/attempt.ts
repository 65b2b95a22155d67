// One streamed request. It has no effects until it is complete, so it may be
// sent again whenever it breaks.
import type Anthropic from "@anthropic-ai/sdk";
import { APIError } from "@anthropic-ai/sdk";
import { broken, classify, type Fault } from "./faults.ts";
import { withMarks } from "./marks.ts";
import {
	type ContentBlock,
	lengthOf,
	type Prompt,
	type StopReason,
} from "./messages.ts";
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

export type Attempt = {
	/** The service's name for the request, where it told one. */
	readonly requestId?: string;
} & (
	| { readonly ok: true; readonly reply: Reply }
	| { readonly ok: false; readonly fault: Fault; readonly usage: Usage }
);

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
	sending: Sending,
): Promise<Attempt> {
	const seen: Seen = { begun: false, characters: 0 };
	const named = () => (seen.requestId ? { requestId: seen.requestId } : {});
	try {
		const send = prompt.maxTokens === 0 ? warm : streamed;
		const message = await send(client, prompt, sending, seen);
		if (message.type === "message" && message.stop_reason) {
			const reply = replyOf(message, message.stop_reason);
			return { ...named(), ok: true, reply };
		}
		return brokenOff(broken());
	} catch (error) {
		if (isRefusal(error)) {
			seen.begun = false;
			seen.requestId ??= error.requestID;
		}
		return brokenOff(classify(error));
	}

	function brokenOff(fault: Fault): Attempt {
		return { ...named(), ok: false, fault, usage: spentOn(seen, prompt) };
	}
}

async function streamed(
	client: Anthropic,
	prompt: Prompt,
	sending: Sending,
	seen: Seen,
): Promise<Anthropic.Message> {
	const stream = client.messages.stream(
		{ ...paramsOf(prompt), cache_control: { type: "ephemeral" } },
		optionsOf(sending),
	);
	stream.on("connect", () => {
		seen.begun = true;
		seen.requestId = stream.request_id;
	});
	stream.on("streamEvent", (event) => note(seen, event));
	return stream.finalMessage();
}

/**
 * Fills the prompt cache and generates nothing, which the service does not
 * stream; what is to be kept has marks of its own. Nothing tells that the
 * prompt is being taken: it counts as taken unless it is refused.
 */
async function warm(
	client: Anthropic,
	prompt: Prompt,
	sending: Sending,
	seen: Seen,
): Promise<Anthropic.Message> {
	seen.begun = true;
	const message = await client.messages.create(
		paramsOf(prompt),
		optionsOf(sending),
	);
	seen.requestId = message._request_id;
	return message;
}

/** The service answered with a status of its own instead of taking the prompt. */
const isRefusal = (error: unknown): error is APIError =>
	error instanceof APIError && error.status !== undefined;

const optionsOf = ({ agent, deadlineMs, signal }: Sending) => ({
	signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
	headers: { "x-modelwright-agent": agent },
});

function paramsOf(prompt: Prompt): Anthropic.MessageCreateParamsNonStreaming {
	return {
		model: prompt.model,
		max_tokens: prompt.maxTokens,
		tools: [...prompt.tools],
		system: [...prompt.system],
		messages: [...withMarks(prompt)],
		thinking: { type: "adaptive" },
		output_config: { effort: prompt.effort },
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
	/** The prompt has been taken, as far as we know. */
	begun: boolean;
	requestId?: string | null | undefined;
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
function spentOn({ begun, usage, characters }: Seen, prompt: Prompt): Usage {
	if (usage) return { ...usage, outputTokens: tokensIn(characters) };
	if (!begun) return NO_USAGE;
	return { ...NO_USAGE, cacheWrite1hTokens: tokensIn(lengthOf(prompt)) };
}
