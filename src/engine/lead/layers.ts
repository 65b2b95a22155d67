// The stack as texts: each pull request, and what others changed between two of
// them where one was merged before the next began.
import type { PullRef } from "../../reports/change.ts";
import type { Run } from "../../run/run.ts";
import { type Top, topOf } from "../../run/top.ts";
import type { Tree } from "../../workspace/tree.ts";
import type { Layer } from "./stack-diff.ts";

type TreeAt = (sha: string, branch?: string) => Promise<Tree>;

export async function layersOf(
	run: Run,
	stack: readonly PullRef[],
	treeAt: TreeAt,
): Promise<Layer[]> {
	const layers: Layer[] = [];
	let under: Top = run.base;
	const lay = async (over: Top, own: Pick<Layer, "pull" | "paths">) => {
		const before = await treeAt(under.sha, under.branch);
		const after = await treeAt(over.sha, over.branch);
		layers.push({
			...own,
			before: (path) => before.text(path),
			after: (path) => after.text(path),
		});
		under = over;
	};
	const { branch: trunk } = run.base;
	for (const { number, files, headSha, branch, baseSha } of stack) {
		if (baseSha) await lay({ sha: baseSha, branch: trunk }, {});
		const paths = files.map(({ path }) => path);
		await lay({ sha: headSha, branch }, { pull: number, paths });
	}
	const top = topOf(run, stack);
	if (top.sha !== under.sha) await lay(top, {});
	return layers;
}

/** Where a new pull request starts, unless that is the head of the one below. */
export const startOf = (run: Run, stack: readonly PullRef[], { sha }: Top) =>
	sha === (stack.at(-1)?.headSha ?? run.base.sha) ? undefined : sha;
