// The turns of one conversation: ask, answer its calls, until it hands in. Each
// turn of the model is one step of the journal and its calls are another, so
// that a paid answer is kept before anything is done with it.
import type { Message } from "../model/messages.ts";
import type { Submission, SubmissionKind } from "../reports/submissions.ts";
import { makeAsk } from "./ask.ts";
import type { Assignment } from "./assignment.ts";
import { answerCalls } from "./calls/answer-calls.ts";
import { editsOf } from "./calls/change-so-far.ts";
import { NOTHING_READ } from "./calls/reading.ts";
import { failed } from "./failed.ts";
import type { Journal } from "./journal.ts";
import type { Manner } from "./manner.ts";
import { firstPrompt } from "./prompt/first-prompt.ts";
import { asMessage, react } from "./reaction.ts";
import { ROSTER } from "./roster.ts";
import { submitTool } from "./tools/submit.ts";
import type { Outcome, World } from "./world.ts";

/** A submission may be sent back this often. */
const MOST_REFUSALS = 2;

/** `spent` is counted up as it goes, so that it stands also when this throws. */
export async function talk<K extends SubmissionKind>(
	assignment: Assignment<K>,
	world: World,
	spent: { turns: number; usd: number },
	manner: Manner,
): Promise<Outcome<K>> {
	const role = ROSTER[assignment.role];
	const submit = submitTool(assignment.submit);
	const opening = await firstPrompt(assignment, world, manner);
	const messages: Message[] = [...opening.messages];
	const ask = makeAsk(world);
	// Only edits ask, and a prompt is long.
	let shown: string | undefined;
	const isShown = (path: string) => {
		shown ??= JSON.stringify([opening.system, opening.messages]);
		return shown.includes(`path=\\"${path}\\"`);
	};
	let [memory, strays, refusals] = [NOTHING_READ, { nudges: 0, cuts: 0 }, 0];
	let edits = await editsOf(world.tree, assignment.start);

	for (let turn = 1; turn <= role.max_turns; turn++) {
		const answer = await ask({
			installation: world.installation,
			conversation: world.conversation,
			turn,
			agent: `${assignment.role}/${assignment.name}`,
			prompt: { ...opening, messages },
			ledger: world.ledger,
		});
		spent.turns++;
		spent.usd += answer.usd;
		if (!answer.ok) return { ok: false, failure: answer.failure, ...spent };

		messages.push(asMessage(answer.reply));
		const reaction = react(answer.reply, strays, submit);
		if (reaction.do === "end")
			return { ok: false, failure: reaction.failure, ...spent };
		if (reaction.do === "say") {
			strays = reaction.strays;
			messages.push({ role: "user", content: reaction.blocks });
			continue;
		}

		const now = { memory, edits, isShown };
		const answered = await keepUnless(
			// The rules have a clock of their own, so what they said has to be kept.
			assignment.submit !== "change" &&
				reaction.calls.every(({ name }) => name === submit),
			world.journal,
			`tools ${turn}`,
			(signal) => answerCalls(reaction.calls, now, assignment, world, signal),
		);
		if (answered.accepted) {
			const submission = answered.accepted.submission as Submission<K>;
			return { ok: true, submission, ...spent };
		}
		memory = answered.memory;
		edits = { ...edits, ...answered.edits };
		if (answered.refused && ++refusals > MOST_REFUSALS)
			return failed(
				"invalid submission",
				`The agent's submission had faults three times in a row, at last: ${lastFault(answered.results)}`,
				spent,
			);
		messages.push({
			role: "user",
			content: [...answered.results, ...urge(turn, role.max_turns, submit)],
		});
	}
	return failed(
		"invalid submission",
		`The agent did not hand in its work within ${role.max_turns} turns.`,
		spent,
	);
}

/** What can be told again from the turn and the tree alone needs no keeping. */
const keepUnless = <T>(
	tellable: boolean,
	journal: Journal,
	name: string,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> =>
	tellable ? work(new AbortController().signal) : journal.step(name, work);

/** Said once, while there still is a turn for a correction. */
function urge(turn: number, turns: number, submit: string) {
	if (turn !== turns - 3) return [];
	const text = `Three turns are left. Call ${submit} next.`;
	return [{ type: "text" as const, text }];
}

function lastFault(results: readonly { content?: unknown }[]): string {
	const texts = results.map(({ content }) => String(content));
	const fault = texts.find((text) => text.startsWith("Not accepted")) ?? "";
	return fault.split("\n").slice(1).join(" ").slice(0, 300);
}
