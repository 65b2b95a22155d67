// What follows from an answer of the model, decided without doing anything.
import type { Reply } from "../model/attempt.ts";
import type {
	ContentBlock,
	Message,
	ToolCall,
	UserBlock,
} from "../model/messages.ts";
import type { Failure } from "../run/run.ts";

/** How often an agent may stray before its conversation ends. */
const MOST_NUDGES = 2;
const MOST_CUTS = 2;

/** How often this agent has strayed so far. */
export interface Strays {
	readonly nudges: number;
	readonly cuts: number;
}

export type Reaction =
	| { readonly do: "answer"; readonly calls: readonly ToolCall[] }
	| {
			readonly do: "say";
			readonly blocks: UserBlock[];
			readonly strays: Strays;
	  }
	| { readonly do: "end"; readonly failure: Failure };

export function react(reply: Reply, strays: Strays, submit: string): Reaction {
	const calls = reply.content.filter((block) => block.type === "tool_use");
	switch (reply.stopReason) {
		case "refusal":
			return end("refusal", refusalMessage(reply));
		case "model_context_window_exceeded":
			return end(
				"context overflow",
				"The conversation became longer than the model can take.",
			);
		case "max_tokens":
			return afterCut(calls, strays, submit);
		case "pause_turn":
			if (calls.length === 0) return say("Go on.", strays);
	}
	if (calls.length > 0) return { do: "answer", calls };
	if (strays.nudges === MOST_NUDGES)
		return end(
			"invalid submission",
			`The agent stopped without handing in its work through ${submit}.`,
		);
	return say(
		`Nothing was handed in. Call ${submit} now with your result; text outside of it is not kept.`,
		{ ...strays, nudges: strays.nudges + 1 },
	);
}

/** A call at the cut may lack its half, so none of that turn is done. */
function afterCut(
	calls: readonly ToolCall[],
	strays: Strays,
	submit: string,
): Reaction {
	if (strays.cuts === MOST_CUTS)
		return end(
			"invalid submission",
			"The agent's answers were cut at the output limit three times.",
		);
	const results = calls.map(
		({ id }): UserBlock => ({
			type: "tool_result",
			tool_use_id: id,
			is_error: true,
			content: "Not done: your answer was cut at the output limit.",
		}),
	);
	const { blocks } = say(
		`Your answer hit the output limit and was cut. Go on in smaller steps, and keep the submission through ${submit} short.`,
		strays,
	);
	return {
		do: "say",
		blocks: [...results, ...blocks],
		strays: { ...strays, cuts: strays.cuts + 1 },
	};
}

function refusalMessage({ refusal }: Reply): string {
	const { category = "unknown", explanation = "" } = refusal ?? {};
	return `The model declined this work (category ${category})${explanation ? `: ${explanation.slice(0, 300)}` : ""}. It is not asked the same again by itself.`;
}

const say = (text: string, strays: Strays) => ({
	do: "say" as const,
	blocks: [{ type: "text" as const, text }],
	strays,
});

const end = (kind: Failure["kind"], message: string): Reaction => ({
	do: "end",
	failure: { kind, message },
});

/**
 * The answer as it goes back. Thinking stays exactly as it came; the interface
 * takes neither empty text nor an answer without anything to read.
 */
export function asMessage({ content }: Reply): Message {
	const kept = content.filter(
		(block) => block.type !== "text" || block.text.trim() !== "",
	);
	const readable = (block: ContentBlock) =>
		block.type === "text" || block.type === "tool_use";
	return {
		role: "assistant",
		content: kept.some(readable)
			? kept
			: [...kept, { type: "text", text: "(no answer)" }],
	};
}
