// Quiet mode: a result that needs nothing from people gets no comment of its
// own; the next comment that is posted carries it, folded.
import type { Phase } from "../phases/phase.ts";
import { stackOf } from "../reports/stack.ts";
import { lastPhase } from "../run/moves.ts";
import type { Run } from "../run/run.ts";
import { phaseTitle } from "../views/announcement.ts";
import type { PhaseView } from "../views/phase-view.ts";
import type { Connection } from "./database.ts";
import type { AttemptKey } from "./store/attempts.ts";
import { makeMemory, recallAll } from "./store/published.ts";

interface Untold {
	readonly summary: string;
	/** The attempt whose comment carries it. */
	readonly toldBy?: string;
}

const nameOf = ({ phase, attempt }: { phase: number; attempt: number }) =>
	`${phase}-${attempt}`;
const memoryKey = (attempt: string) => `untold-${attempt}`;

/** The end of the run and a pull request are always told, and so is every question. */
export function staysQuiet(run: Run, phase: Phase, report: unknown): boolean {
	const opened = stackOf({ [phase.report]: report }).length > 0;
	return run.config.quiet && !opened && phase.number !== lastPhase(run);
}

export async function keepUntold(
	db: Connection,
	key: AttemptKey,
	{ summary }: PhaseView,
): Promise<void> {
	const untold: Untold = { summary };
	await makeMemory(db, key.runId).remember(memoryKey(nameOf(key)), untold);
}

/** The view with all that no comment has told yet; asked again, the same. */
export async function withUntold(
	db: Connection,
	run: Run,
	key: AttemptKey,
	view: PhaseView,
): Promise<PhaseView> {
	const untold = await untoldOf(db, run, key);
	if (untold.length === 0) return view;
	const told = untold.map(
		({ phase, summary }) => `**${phaseTitle(phase)}**\n\n${summary}`,
	);
	const since = { title: "Since then", markdown: told.join("\n\n") };
	return { ...view, details: [...view.details, since] };
}

/** To be called once the comment stands. */
export async function noteTold(
	db: Connection,
	run: Run,
	key: AttemptKey,
): Promise<void> {
	const memory = makeMemory(db, run.id);
	for (const { name, summary } of await untoldOf(db, run, key))
		await memory.remember(name, { summary, toldBy: nameOf(key) });
}

async function untoldOf(db: Connection, run: Run, key: AttemptKey) {
	const nameOfDone = (done: Run["done"][number]) => memoryKey(nameOf(done));
	const kept = await recallAll(db, run.id, run.done.map(nameOfDone));
	return run.done.flatMap((done) => {
		const name = nameOfDone(done);
		const untold = kept.get(name) as Untold | undefined;
		return untold && (untold.toldBy ?? nameOf(key)) === nameOf(key)
			? [{ phase: done.phase, name, summary: untold.summary }]
			: [];
	});
}
