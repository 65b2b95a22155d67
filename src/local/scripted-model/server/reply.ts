// What a rule answers with, before ids, signatures and usage are added.
import type { ModelRequest } from "./request.ts";

export type Block =
	| { type: "text"; text: string }
	| { type: "thinking"; thinking: string }
	| {
			type: "tool_use";
			name: string;
			input: unknown;
			/** Sent instead of the input's JSON, right or wrong. */
			rawJson?: string;
	  };

export interface Reply {
	content: Block[];
	/** Otherwise "tool_use" if there is a call, "end_turn" if not. */
	stopReason?: string;
	stopDetails?: { type: "refusal"; category: string; explanation: string };
}

/** A bare string is one text block. */
export type Answer = string | Block[] | Reply;

export type Answering =
	| Answer
	| ((request: ModelRequest) => Answer | Promise<Answer>);

export const text = (text: string): Block => ({ type: "text", text });

export const think = (thinking: string): Block => ({
	type: "thinking",
	thinking,
});

export const call = (name: string, input: unknown): Block => ({
	type: "tool_use",
	name,
	input,
});

export function asReply(answer: Answer): Reply {
	if (typeof answer === "string") return { content: [text(answer)] };
	return Array.isArray(answer) ? { content: answer } : answer;
}
