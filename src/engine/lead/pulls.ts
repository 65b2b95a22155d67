// The stack of pull requests in the hands of a phase: opening on top, finding
// lines in it, posting checks on its heads. Every write is a journaled step.
import type { Journal } from "../../agents/journal.ts";
import type { Pulls } from "../../phases/phase.ts";
import type { PullRef } from "../../reports/change.ts";
import type { Reports } from "../../reports/reports.ts";
import { joinTexts, stackOf } from "../../reports/stack.ts";
import { digestOf } from "../../run/digest.ts";
import type { Run } from "../../run/run.ts";
import type { CheckView } from "../../views/check.ts";
import { evaluationCheck } from "../../views/evaluation-check.ts";
import { reviewCheck } from "../../views/findings.ts";
import { numbersInFull, verdictLine } from "../../views/phases/results.ts";
import {
	commitMessage,
	type PullRequest,
	pullBody,
	pullTitle,
} from "../../views/pull-request.ts";
import type { Tree } from "../../workspace/tree.ts";
import { AttemptFailed } from "../failure.ts";
import type { Services } from "../services.ts";
import { changedFiles } from "./lab.ts";
import { withModes } from "./modes.ts";
import { joinSizes, sizesOf } from "./sizes.ts";
import { introduction, type Layer, placeQuote } from "./stack-diff.ts";

export interface PullsParts {
	readonly run: Run;
	readonly phase: number;
	readonly reports: Partial<Reports>;
	/** Steps that write to GitHub; they are tried for a while before they fail. */
	readonly journal: Journal;
	readonly publisher: Services["publisher"];
	readonly treeAt: (sha: string, branch?: string) => Promise<Tree>;
}

interface Standing {
	readonly pull: PullRef;
	readonly change?: PullRequest["change"];
}

export function makePulls(parts: PullsParts): Pulls {
	const { run, phase, reports, journal, publisher, treeAt } = parts;
	/** The stack as this attempt left it so far, by branch, with what each part tells. */
	const standing = new Map<string, Standing>(
		stackOf(reports).map((part) => [part.pull.branch, part]),
	);
	const stack = () => [...standing.values()].map(({ pull }) => pull);
	const top = () => stack().at(-1);
	const below = () => ({
		sha: top()?.headSha ?? run.base.sha,
		branch: top()?.branch ?? run.base.branch,
	});

	async function layers(): Promise<Layer[]> {
		let parent: { sha: string; branch: string } = run.base;
		const found: Layer[] = [];
		for (const { number, files, headSha, branch } of stack()) {
			const before = await treeAt(parent.sha, parent.branch);
			const after = await treeAt(headSha, branch);
			found.push({
				pull: number,
				paths: files.map(({ path }) => path),
				before: (path) => before.text(path),
				after: (path) => after.text(path),
			});
			parent = { sha: headSha, branch };
		}
		return found;
	}

	const post = (name: string, pull: PullRef, check: CheckView) =>
		journal.step(`${name} on #${pull.number} at ${pull.headSha}`, () =>
			publisher.check({
				...check,
				headSha: pull.headSha,
				// The same content is the same check, whoever posts it again.
				externalId: `${run.id}/${digestOf(check.annotations).slice(0, 12)}`,
				status: "completed",
			}),
		);

	return {
		stack,

		async open({ slug, change, tests, conformity, documents = [] }) {
			const branch = branchName(run, phase, slug);
			// Built on further, not beside, when this phase opened it before.
			const before = standing.get(branch);
			const mine = before?.pull;
			const parent = mine ? { sha: mine.headSha, branch } : below();
			const base = mine?.base ?? parent.branch;
			const text: PullRequest = {
				run,
				phase,
				change: joinTexts(before?.change, change),
				tests,
				...(conformity ? { conformity } : {}),
				base,
				part: stack().length + (mine ? 0 : 1),
			};
			const { sha, files } = await journal.step(
				`commit ${slug} on ${parent.sha.slice(0, 7)}`,
				async () => {
					const tree = await treeAt(parent.sha, parent.branch);
					const ours = new Set(documents.map(({ path }) => path));
					const changed = await changedFiles(tree, change, run.config.paths);
					const files = [
						...changed.filter(({ path }) => !ours.has(path)),
						...documents,
					];
					const committed = await publisher.commit({
						branch,
						parent: parent.sha,
						message: commitMessage({ ...text, change }),
						files: await withModes(tree, files),
						allowEmpty: true,
					});
					if (!committed.ok) throw refused(committed.message);
					return { sha: committed.sha, files: await sizesOf(tree, files) };
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
			const pull = { ...opened, branch, base, headSha: sha, files: all };
			standing.set(branch, { pull, change: text.change });
			return pull;
		},

		async files() {
			const { sha, branch } = run.base;
			const known = new Set(await (await treeAt(sha, branch)).paths());
			const touched = stack().flatMap(({ files }) => files);
			return [...new Set(touched.map(({ path }) => path))].map((path) => ({
				path,
				isNew: !known.has(path),
			}));
		},

		placeInDiff: async (path, quote) => placeQuote(await layers(), path, quote),
		introducedBy: async (path, line) =>
			introduction(await layers(), path, line),

		async postReview(focus, summary, findings) {
			for (const pull of stack())
				await post(
					`review ${focus}`,
					pull,
					reviewCheck(
						focus,
						summary,
						findings.filter((finding) => finding.pull === pull.number),
					),
				);
		},

		async postEvaluation(result) {
			const pull = top();
			if (pull)
				await post(
					"evaluation",
					pull,
					evaluationCheck(
						result,
						[verdictLine(result), numbersInFull(result)].join("\n\n"),
					),
				);
		},

		async addFile(path, content, message) {
			const pull = top();
			if (!pull) throw refused("There is no pull request to add a file to.");
			const sha = await journal.step(`add ${path}`, async () => {
				const committed = await publisher.commit({
					branch: pull.branch,
					parent: pull.headSha,
					message,
					files: [{ path, content }],
				});
				if (committed.ok) return committed.sha;
				if (committed.kind === "unchanged") return pull.headSha;
				throw refused(committed.message);
			});
			const { branch } = pull;
			const tree = await treeAt(pull.headSha, branch);
			const size = await sizesOf(tree, [{ path, content }]);
			standing.set(branch, {
				...standing.get(branch),
				pull: { ...pull, headSha: sha, files: joinSizes(pull.files, size) },
			});
			return sha;
		},

		async markReady() {
			const all = stackOf(reports);
			const drafts: string[] = [];
			for (const [i, { pull, ...part }] of all.entries()) {
				const last = i === all.length - 1;
				const marked = await journal.step(`ready #${pull.number}`, async () => {
					const { nodeId } = await publisher.editPull(pull.number, {
						body: pullBody({
							...part,
							run,
							base: pull.base,
							part: i + 1,
							of: all.length,
							files: pull.files,
							closesIssue: last,
						}),
					});
					return publisher.markReady(nodeId);
				});
				if (!marked.ok) drafts.push(`#${pull.number}: ${marked.message}`);
			}
			return drafts;
		},
	};
}

/** `modelwright/<issue>/<phase>-<slug>`, with the run's number from the second run on. */
function branchName(run: Run, phase: number, slug: string): string {
	const runNumber = Number(run.id.split("/").at(-1));
	const again = runNumber > 1 ? `-run${runNumber}` : "";
	return `modelwright/${run.issue.number}/${phase}-${slug}${again}`;
}

const refused = (message: string) =>
	new AttemptFailed({ kind: "publishing", message });
