// An attempt after a failure takes over what the attempts before it were
// answered: an agent with the same assignment in the same run is given the same
// turns and results as then, and asks the model only from where it broke off.
import { isDeepStrictEqual } from "node:util";
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Assignment } from "../agents/assignment.ts";
import type { Journal } from "../agents/journal.ts";
import { isOfAnswers } from "../run/moves.ts";
import type { Failure, Run } from "../run/run.ts";
import type { Database } from "./database.ts";
import { type AttemptKey, readAttempt } from "./store/attempts.ts";
import { agentWorkflowId } from "./workflow-ids.ts";

type Kept = ReadonlyMap<string, unknown>;

export function keepTurns(
	db: Database,
	key: AttemptKey,
	run: Run,
	assignment: Assignment,
	journal: Journal,
): Journal {
	if (run.answersSince === undefined) return journal;
	let reading: Promise<Kept> | undefined;
	return {
		...journal,
		step: <T>(name: string, work: (signal: AbortSignal) => Promise<T>) =>
			journal.step(name, async (signal) => {
				reading ??= readKept(db, key, run, assignment);
				const kept = await reading;
				return kept.has(name) ? (kept.get(name) as T) : work(signal);
			}),
	};
}

/** Of several attempts, the one that came furthest. */
async function readKept(
	db: Database,
	key: AttemptKey,
	run: Run,
	assignment: Assignment,
): Promise<Kept> {
	let furthest: Kept = new Map();
	const first = run.answersSince ?? key.attempt;
	for (let attempt = first; attempt < key.attempt; attempt++) {
		const earlier = { ...key, attempt };
		const { run: then } = await readAttempt(db, earlier);
		if (!isDeepStrictEqual(materialOf(then), materialOf(run))) continue;
		const kept = await stepsOf(earlier, assignment);
		if (kept.size >= furthest.size) furthest = kept;
	}
	return furthest;
}

/** What of a run agents work from; the rest is how it goes and what it may cost. */
function materialOf({
	state: _,
	attempt: _1,
	attempts: _2,
	answersSince: _3,
	decisions: _4,
	budgetUsd: _5,
	shares: _6,
	done,
	...material
}: Run) {
	const phases = done.map(({ phase, attempt }) => ({ phase, attempt }));
	return { ...material, phases };
}

async function stepsOf(key: AttemptKey, assignment: Assignment): Promise<Kept> {
	const id = agentWorkflowId(key, assignment.name);
	const workflow = await DBOS.getWorkflowStatus(id);
	const [, assigned] = workflow?.input ?? [];
	if (!isDeepStrictEqual(assigned, assignment)) return new Map();
	const { failure } = (workflow?.output ?? {}) as { failure?: Failure };
	if (failure && isOfAnswers(failure)) return new Map();
	const steps = (await DBOS.listWorkflowSteps(id)) ?? [];
	return new Map(
		steps
			.filter(({ error, output }) => !error && !isFailed(output))
			.map(({ name, output }) => [askedFirstAs(name), output]),
	);
}

const isFailed = (output: unknown) =>
	(output as { ok?: boolean } | null | undefined)?.ok === false;

/** A turn asked again after a pause is the answer to the turn. */
const askedFirstAs = (name: string) => name.replace(/, time \d+$/, "");
