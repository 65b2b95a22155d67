// How the world of a run stands at this moment: asked from GitHub when a design
// is approved, and again when its first line of code is about to be written.
import type { Reader } from "../github/reading.ts";
import { citedPaths } from "../reports/cited-paths.ts";
import type { Reports } from "../reports/reports.ts";
import {
	branchGone,
	type Drift,
	judgeMovement,
	NO_DRIFT,
} from "../run/drift.ts";
import type { Now } from "../run/outdated.ts";
import { parseConfig } from "../run/parse-config.ts";
import type { Run } from "../run/run.ts";
import type { Tree } from "../workspace/tree.ts";
import type { Parts } from "./parts.ts";
import { readableText } from "./readable-text.ts";
import { reportsOf } from "./store/reports.ts";

export async function howThingsStand(parts: Parts, run: Run): Promise<Now> {
	const { reader, tree } = parts.servicesFor(run);
	const { base } = run;
	const [issue, repository, head, config] = await Promise.all([
		reader.issue(run.issue.number),
		// It may have become public since the run began.
		reader.repository(),
		reader.branchHead(base.branch),
		reader.configTexts(),
	]);
	const moved = head !== undefined && head !== base.sha;
	const standing = moved
		? {
				sha: head,
				drift: await driftTo(head, {
					...{ run, reader, tree },
					reports: await reportsOf(parts.db, run),
				}),
			}
		: { sha: base.sha, drift: NO_DRIFT };
	return {
		issue: await readableText(reader, repository, issue),
		config: parseConfig(config),
		base: head
			? standing
			: ((await elsewhere(run, reader, repository)) ?? standing),
	};
}

/** Where the code lives now that the run's branch was renamed or deleted. */
async function elsewhere(
	{ base }: Run,
	reader: Reader,
	{ defaultBranch: branch }: { readonly defaultBranch: string },
): Promise<Now["base"] | undefined> {
	const sha = await reader.branchHead(branch);
	if (!sha || branch === base.branch) return undefined;
	return { sha, branch, drift: branchGone(base.branch, branch) };
}

interface Ground {
	readonly run: Run;
	readonly reports: Partial<Reports>;
	readonly reader: Reader;
	readonly tree: (sha: string, branch?: string) => Promise<Tree>;
}

async function driftTo(
	head: string,
	{ run, reports, reader, tree }: Ground,
): Promise<Drift> {
	const { sha, branch } = run.base;
	const [before, after] = [await tree(sha, branch), await tree(head, branch)];
	const cited = citedPaths(reports);
	const changed: string[] = [];
	const removed: string[] = [];
	for (const path of cited) {
		const [old, now] = [await before.read(path), await after.read(path)];
		if (old && !now) removed.push(path);
		else if (!sameBytes(old, now)) changed.push(path);
	}
	const rewritten = !(await reader.isAncestor(sha, head));
	const data = reports.evaluationPlan?.plan.contract.data ?? "";
	return judgeMovement({ changed, removed, rewritten }, cited, data);
}

const sameBytes = (a?: Uint8Array, b?: Uint8Array) =>
	Buffer.compare(a ?? new Uint8Array(), b ?? new Uint8Array()) === 0;
