// From a rule's reply to the message the API would send.
import type { CacheOutcome } from "./cache.ts";
import { saidBy } from "./faults.ts";
import type { Block, Reply } from "./reply.ts";
import { signerAtEnd } from "./signatures.ts";
import { countTokens } from "./tokens.ts";
import type { Usage } from "./usage.ts";
import type { WireBlock, WireRequest } from "./wire.ts";

export interface AnsweredMessage {
	id: string;
	type: "message";
	role: "assistant";
	model: string;
	content: WireBlock[];
	stop_reason: string;
	stop_sequence: null;
	stop_details: Reply["stopDetails"] | null;
	container: null;
	diagnostics: null;
	usage: Usage & Record<string, unknown>;
}

export interface Composed {
	message: AnsweredMessage;
	/** The JSON text of tool inputs by block index, where it is not the input's own. */
	rawJson: Map<number, string>;
}

export function compose(
	id: string,
	request: WireRequest,
	reply: Reply,
	cache: CacheOutcome,
): Composed {
	const rawJson = new Map<number, string>();
	const signer = signerAtEnd(request);
	const content = reply.content.map((block, i) => {
		if (block.type === "tool_use" && block.rawJson !== undefined)
			rawJson.set(i, block.rawJson);
		const sent = wireBlock(block, `toolu_${id}_${i}`, showsThinking(request));
		if (sent.type === "thinking")
			sent.signature = signer.sign(sent.thinking ?? "");
		signer.pass("assistant", sent);
		return sent;
	});
	const calls = content.some((block) => block.type === "tool_use");
	const message: AnsweredMessage = {
		id: `msg_${id}`,
		type: "message",
		role: "assistant",
		model: request.model,
		content,
		stop_reason: reply.stopReason ?? (calls ? "tool_use" : "end_turn"),
		stop_sequence: null,
		stop_details: reply.stopDetails ?? null,
		container: null,
		diagnostics: null,
		usage: {
			...usageOf(reply, cache),
			inference_geo: null,
			server_tool_use: null,
			service_tier: "standard",
			speed: "standard",
		},
	};
	return { message, rawJson };
}

/** Thoughts are thought and paid for, but sent only on demand. */
const showsThinking = (request: WireRequest) =>
	request.thinking?.display === "summarized";

function wireBlock(block: Block, id: string, shows: boolean): WireBlock {
	if (block.type === "thinking")
		return { type: "thinking", thinking: shows ? block.thinking : "" };
	if (block.type === "text")
		return Object.assign({ ...block }, { citations: null });
	const { name, input } = block;
	return Object.assign(
		{ type: "tool_use", id, name, input },
		{ caller: { type: "direct" } },
	);
}

function usageOf({ content }: Reply, cache: CacheOutcome): Usage {
	const tokensOf = (blocks: Block[]) =>
		countTokens(blocks.map(saidBy).join(""));
	return {
		input_tokens: cache.input,
		cache_read_input_tokens: cache.read,
		cache_creation_input_tokens: cache.write5m + cache.write1h,
		cache_creation: {
			ephemeral_5m_input_tokens: cache.write5m,
			ephemeral_1h_input_tokens: cache.write1h,
		},
		output_tokens: tokensOf(content),
		output_tokens_details: {
			thinking_tokens: tokensOf(content.filter((b) => b.type === "thinking")),
		},
	};
}
