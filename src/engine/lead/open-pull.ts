// Opens the pull request of a phase on top of the stack, or adds a commit to it.
import type { Pulls } from "../../phases/phase.ts";
import type { PullRef } from "../../reports/change.ts";
import { joinTexts } from "../../reports/stack.ts";
import { baseNow } from "../../run/awaited-pulls.ts";
import { topOf } from "../../run/top.ts";
import { commitMessage } from "../../views/commit-message.ts";
import {
	type PullRequest,
	pullBody,
	pullTitle,
} from "../../views/pull-request.ts";
import type { Tree } from "../../workspace/tree.ts";
import { AttemptFailed } from "../failure.ts";
import { branchName } from "./branch-name.ts";
import { changeOn } from "./lab.ts";
import { startOf } from "./layers.ts";
import { withModes } from "./modes.ts";
import type { PullsParts } from "./pulls.ts";
import { joinSizes, sizesOf } from "./sizes.ts";

/** A pull request of the stack, with what it tells where this attempt knows. */
export interface Standing {
	readonly pull: PullRef;
	readonly change?: PullRequest["change"];
}

/** What it opens joins `standing`, by branch. */
export function makeOpenPull(
	{ run, phase, journal, publisher, treeAt, grow }: PullsParts,
	standing: Map<string, Standing>,
): Pulls["open"] {
	const stack = () => [...standing.values()].map(({ pull }) => pull);
	return async (request) => {
		const { slug, change, tests, conformity } = request;
		const documents = (request.documents ?? []).map((document) => ({
			...document,
			content: publisher.document(document.content),
		}));
		const branch = request.branch ?? branchName(run, phase, slug);
		// Built on further, not beside, when this phase opened it before.
		const before = standing.get(branch);
		const mine = before?.pull;
		const below = topOf(run, stack());
		const parent = mine ? { sha: mine.headSha, branch } : below;
		const base = mine ? baseNow(run, mine) : parent.branch;
		const start = mine ? mine.baseSha : startOf(run, stack(), below);
		const text: PullRequest = {
			run,
			phase,
			change: joinTexts(before?.change, change),
			tests,
			...(conformity ? { conformity } : {}),
			...request.place,
			base,
			part: stack().length + (mine ? 0 : 1),
		};
		const { sha, files } = await journal.step(
			`commit ${slug} on ${parent.sha.slice(0, 7)}`,
			async () => {
				const tree = await treeAt(parent.sha, parent.branch);
				const ours = new Set(documents.map(({ path }) => path));
				const changed = await changeOn(tree, change, run.config.paths);
				const files = await withModes(tree, [
					...changed.files.filter(({ path }) => !ours.has(path)),
					...documents,
				]);
				const deletions = changed.deletions.filter((path) => !ours.has(path));
				const committed = await publisher.commit({
					branch,
					parent: parent.sha,
					message: commitMessage({ ...text, change }),
					...{ files, deletions, ...baseOf(tree) },
					allowEmpty: true,
				});
				if (!committed.ok)
					throw committed.kind === "not allowed"
						? unfit(committed.message)
						: refused(committed.message);
				const { sha, tree: treeId } = committed;
				const [sizes] = await Promise.all([
					sizesOf(tree, files, deletions),
					grow({ from: tree, sha, treeId, files, deletions }),
				]);
				return { sha, files: sizes };
			},
		);
		const all = mine ? joinSizes(mine.files, files) : files;
		const opened = await journal.step(
			`open ${slug} at ${sha.slice(0, 7)}`,
			async () => {
				const opening = await publisher.pull({
					branch,
					base,
					title: pullTitle(text),
					body: pullBody({ ...text, files: all }),
				});
				if (!opening.ok) throw refused(opening.message);
				const { number, url, title } = opening.pull;
				return { number, url, title };
			},
		);
		const pull: PullRef = {
			...{ ...opened, branch, base, headSha: sha },
			...(start ? { baseSha: start } : {}),
			files: all,
		};
		standing.set(branch, { pull, change: text.change });
		return pull;
	};
}

/** Whose tree a commit is laid over is not asked for where it is known. */
export const baseOf = ({ treeId }: Tree) =>
	treeId ? { baseTree: treeId } : {};

export const refused = (message: string) =>
	new AttemptFailed({ kind: "publishing", message });

/** What is wrong is in the change: it has to be written anew. */
const unfit = (message: string) =>
	new AttemptFailed({ kind: "invalid submission", message });
