import type { Answer } from "./reply.ts";
import type { ModelRequest, ToolCall } from "./request.ts";
import type { Rule, When } from "./rules.ts";

/** One answer of a script, or how to make it from what was found so far. */
export type Turn =
	| Answer
	| ((request: ModelRequest) => Answer | Promise<Answer>);

/**
 * A script as one little program: each `yield` is an answer, and what it gives
 * back are that answer's calls with their results.
 *
 * It is run anew from its start for every request, with the results that stand
 * in the conversation, so it must be deterministic and keep nothing outside.
 */
export type Program = (
	request: ModelRequest,
) =>
	| Generator<Answer, Answer | undefined, ToolCall[]>
	| AsyncGenerator<Answer, Answer | undefined, ToolCall[]>;

/** A rule that answers a whole conversation, turn by turn; the last turn repeats. */
export function script(
	name: string,
	when: When,
	turns: readonly Turn[] | Program,
): Rule {
	const reply = (request: ModelRequest) =>
		typeof turns === "function"
			? replay(turns, request)
			: answerOf(turns, request);
	return { name, when, reply };
}

function answerOf(turns: readonly Turn[], request: ModelRequest) {
	const turn = turns[Math.min(request.turn, turns.length) - 1];
	if (turn === undefined) throw new Error("a script needs at least one turn");
	return typeof turn === "function" ? turn(request) : turn;
}

async function replay(program: Program, request: ModelRequest) {
	const running = program(request);
	let answer: Answer | undefined;
	let results: ToolCall[] = [];
	for (let turn = 1; turn <= request.turn; turn++) {
		const { value, done } = await running.next(results);
		answer = value ?? answer;
		if (done) break;
		results = request.calls.filter((call) => call.turn === turn);
	}
	if (answer === undefined) throw new Error("the program yielded no answer");
	return answer;
}
