// Brings what was not merged yet onto what was: first the base, then one merge
// commit whose tree is the pull request's own change alone. Everything is decided
// by how GitHub stands now, so a crash anywhere leaves nothing to undo.
import { messageOf } from "../errors.ts";
import type { Pull } from "../github/pulls.ts";
import type { Heads } from "../run/pull-heads.ts";
import { isAtRest, isLive, type Run } from "../run/run.ts";
import { type Placed, planStack } from "../run/stack-plan.ts";
import { movedBody } from "../views/pull-request.ts";
import { renderStackNote, type StackNote } from "../views/stack-notes.ts";
import { apply } from "./apply.ts";
import { isLasting } from "./back-off.ts";
import { headsOf, headWith, readPulls } from "./follow-pulls.ts";
import type { Parts } from "./parts.ts";
import type { Services } from "./services.ts";
import { readRun } from "./store/runs.ts";

export async function followStack(parts: Parts, runId: string): Promise<void> {
	const run = await readRun(parts.db, runId);
	if (!run || !(isLive(run) || run.state === "delivered")) return;
	const services = parts.servicesFor(run);
	const pulls = await readPulls(run, services.reader);
	const { placed, astray } = planStack(run.base.branch, pulls);
	const named = (number: number) =>
		pulls.find((pull) => pull.number === number) as Pull;
	const heads: Mutable<Heads["pulls"]> = { ...headsOf(run, pulls).pulls };
	const notes: StackNote[] = astray.map(({ kind, pull, above }) => ({
		...{ kind, pull: named(pull.number), above: above.map(named) },
		into: pull.base,
	}));
	const [moved, conflicts]: [number[], number[]] = [[], []];
	for (const one of placed) {
		const pull = named(one.pull.number);
		const refused = await moveBase(services, pull, one.base);
		if (refused) notes.push({ kind: "refused", pull, why: refused });
		// A phase at work moves branches itself; they follow when it has ended.
		if (refused || !isAtRest(run)) continue;
		const merged = await mergeBelow(services, run, one, heads);
		if (!merged) continue;
		if ("paths" in merged) {
			const { paths } = merged;
			notes.push({ kind: "conflict", pull, onto: one.base, paths });
			conflicts.push(pull.number);
		} else {
			heads[pull.number] = merged;
			moved.push(pull.number);
		}
	}
	const { phase, attempt } = run;
	const at = new Date().toISOString();
	await apply(parts, runId, {
		...{ type: "stack-followed", heads: { phase, attempt, pulls: heads } },
		...{ moved, conflicts, at },
	});
	for (const note of notes) {
		const key = `stack-${note.kind}-${note.pull.number}-${named(note.pull.number).headSha.slice(0, 12)}`;
		const text = renderStackNote(run, key, note);
		await services.publisher.comment(run.issue.number, key, text);
	}
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Why GitHub would not, where it would not. */
async function moveBase(
	{ publisher }: Services,
	pull: Pull,
	base: string,
): Promise<string | undefined> {
	if (pull.base === base) return undefined;
	try {
		const body = movedBody(pull.body, pull.base, base);
		await publisher.editPull(pull.number, { base, body });
		return undefined;
	} catch (error) {
		if (!isLasting(error)) throw error;
		return messageOf(error);
	}
}

type MergedBelow =
	| Heads["pulls"][number]
	| { readonly paths: readonly string[] };

/** undefined where its branch holds all that was merged below it, or has to wait. */
async function mergeBelow(
	{ reader, publisher, merge }: Services,
	run: Run,
	{ pull, base, below, merges }: Placed,
	heads: Heads["pulls"],
): Promise<MergedBelow | undefined> {
	const { number, branch } = pull;
	const ours = heads[number]?.head ?? pull.headSha;
	const missing: string[] = [];
	for (const sha of merges)
		if (!(await reader.isAncestor(sha, ours))) missing.push(sha);
	const [newest] = missing;
	if (!newest) return undefined;
	const onTrunk = base === run.base.branch;
	const theirs = onTrunk
		? await headWith(newest, base, reader)
		: await reader.branchHead(base);
	// What is under it could not follow yet.
	if (!theirs || !(await reader.isAncestor(newest, theirs))) return undefined;
	const from = await commonPoint(reader, {
		...{ ours, theirs },
		below: heads[below.number]?.head ?? below.headSha,
	});
	if (!from) return { paths: ["(they have no history in common)"] };
	const merged = await merge({
		base: { sha: from, branch },
		ours: { sha: ours, branch },
		theirs: { sha: theirs, branch: base },
	});
	if (!merged.ok) {
		if (merged.kind === "conflict") return { paths: merged.paths };
		throw new Error(
			`${branch} cannot be merged with ${base}: ${merged.message}`,
		);
	}
	const { tree, theirTree, entries: paths } = merged;
	const committed = await publisher.mergeCommit({
		...{ branch, ours, theirs, tree, theirTree, paths },
		message: `Merge ${base} into ${branch}\n\nWhat #${number} rests on has changed; its own change stays as it is.`,
	});
	if (!committed.ok)
		throw new Error(
			`${branch} moved while it was being merged; it is looked at again`,
		);
	return { head: committed.sha, ...(onTrunk ? { start: theirs } : {}) };
}

/** What both sides were made from: the one below as it was then, or what they share since. */
async function commonPoint(
	reader: Services["reader"],
	{ below, ours, theirs }: { below: string; ours: string; theirs: string },
): Promise<string | undefined> {
	const [built, shared] = await Promise.all([
		reader.mergeBase(below, ours),
		reader.mergeBase(theirs, ours),
	]);
	if (!built || !shared || built === shared) return built ?? shared;
	return (await reader.isAncestor(built, shared)) ? shared : built;
}
