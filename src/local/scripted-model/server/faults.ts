// Everything that can go wrong between a model and its client, as data.

import type { Block, Reply } from "./reply.ts";
import { CHARACTERS_PER_TOKEN } from "./tokens.ts";

/** Instead of an answer. */
export type ResponseFault =
	| {
			kind: "status";
			status: number;
			type?: string;
			message?: string;
			/** E.g. retry-after. */
			headers?: Record<string, string>;
	  }
	| { kind: "html"; status?: number; html: string }
	| { kind: "reset" }
	| { kind: "hang" };

/** While the answer is streamed, after so many events; JSON answers escape it. */
export type StreamFault =
	| { kind: "cut"; afterEvents: number }
	| { kind: "end"; afterEvents: number }
	| { kind: "stall"; afterEvents: number }
	| { kind: "garbage"; afterEvents: number }
	| {
			kind: "error event";
			afterEvents: number;
			type?: string;
			message?: string;
	  };

/** A good answer, late. */
export interface SlowFault {
	kind: "slow";
	firstByteMs?: number;
	/** Between two events of a stream. */
	chunkMs?: number;
	/** Characters in one delta. */
	chunkCharacters?: number;
	/** A long silent thought: so many pings before the first block, and nothing else. */
	pings?: number;
}

/** In the answer itself. */
export type ReplyFault =
	| { kind: "malformed tool JSON"; json: string }
	| { kind: "refusal"; category: string; explanation?: string }
	| { kind: "max tokens"; tokens: number }
	| { kind: "context exceeded" };

export type Fault = ResponseFault | StreamFault | SlowFault | ReplyFault;

const RESPONSE = new Set(["status", "html", "reset", "hang"]);
const STREAM = new Set(["cut", "end", "stall", "garbage", "error event"]);

export const isResponseFault = (fault: Fault): fault is ResponseFault =>
	RESPONSE.has(fault.kind);

export const isStreamFault = (fault: Fault): fault is StreamFault =>
	STREAM.has(fault.kind);

/** The reply as the fault leaves it. */
export function spoil(reply: Reply, fault: Fault | undefined): Reply {
	switch (fault?.kind) {
		case "malformed tool JSON":
			return {
				...reply,
				content: reply.content.map((block) =>
					block.type === "tool_use" ? { ...block, rawJson: fault.json } : block,
				),
			};
		case "refusal":
			return {
				content: [],
				stopReason: "refusal",
				stopDetails: {
					type: "refusal",
					category: fault.category,
					explanation: fault.explanation ?? "This request was declined.",
				},
			};
		case "max tokens":
			return truncate(reply, fault.tokens);
		case "context exceeded":
			return { ...reply, stopReason: "model_context_window_exceeded" };
		default:
			return reply;
	}
}

/** Cuts an answer off at its token limit, in the middle of a call if need be. */
export function truncate(reply: Reply, tokens: number): Reply {
	let left = tokens * CHARACTERS_PER_TOKEN;
	const content: Block[] = [];
	for (const block of reply.content) {
		const said = saidBy(block);
		if (said.length <= left) {
			content.push(block);
			left -= said.length;
			continue;
		}
		if (left > 0) content.push(cutBlock(block, said.slice(0, left)));
		return { content, stopReason: "max_tokens" };
	}
	return reply;
}

/** The characters the model wrote for a block. */
export function saidBy(block: Block): string {
	if (block.type === "text") return block.text;
	if (block.type === "thinking") return block.thinking;
	return block.rawJson ?? JSON.stringify(block.input);
}

function cutBlock(block: Block, said: string): Block {
	if (block.type === "text") return { ...block, text: said };
	if (block.type === "thinking") return { ...block, thinking: said };
	return { ...block, input: {}, rawJson: said };
}
