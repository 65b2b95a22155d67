// The stack of pull requests in the hands of a phase: opening on top, finding
// lines in it, posting checks on its heads. Every write is a journaled step.
import type { Journal } from "../../agents/journal.ts";
import { whereNow } from "../../ml/relocate.ts";
import type { NewFile, Pulls } from "../../phases/phase.ts";
import type { Change, PullRef, TestRun } from "../../reports/change.ts";
import type { ReviewToShow } from "../../reports/findings.ts";
import type { Reports } from "../../reports/reports.ts";
import type { EvaluationResult } from "../../reports/results.ts";
import { type StackedPull, stackOf } from "../../reports/stack.ts";
import { baseNow, isMerged } from "../../run/awaited-pulls.ts";
import { asItStands } from "../../run/pull-heads.ts";
import type { Run } from "../../run/run.ts";
import { evaluationCheck } from "../../views/evaluation-check.ts";
import { findingReview } from "../../views/finding-review.ts";
import { pullBody } from "../../views/pull-request.ts";
import type { Tree } from "../../workspace/tree.ts";
import { checkRequest, completed } from "../check-request.ts";
import type { Services } from "../services.ts";
import { layersOf } from "./layers.ts";
import { baseOf, makeOpenPull, refused, type Standing } from "./open-pull.ts";
import { joinSizes, sizesOf } from "./sizes.ts";
import { introduction, linesAround, placeQuote } from "./stack-diff.ts";

export interface PullsParts {
	readonly run: Run;
	readonly phase: number;
	readonly attempt: number;
	readonly reports: Partial<Reports>;
	/** Steps that write to GitHub; they are tried for a while before they fail. */
	readonly journal: Journal;
	readonly publisher: Services["publisher"];
	readonly treeAt: (sha: string, branch?: string) => Promise<Tree>;
	readonly grow: Services["grow"];
	/** The run as it is now: people may have settled findings since the attempt began. */
	readonly now: () => Promise<Run>;
}

export function makePulls(parts: PullsParts): Pulls {
	const { run, phase, reports, journal, publisher, treeAt } = parts;
	/** The stack as this attempt left it so far, by branch, with what each part tells. */
	const standing = new Map<string, Standing>(
		stackOf(reports).map(({ pull, change }) => [
			pull.branch,
			{ pull: asItStands(run, pull), change },
		]),
	);
	/** What phase 12 opened for the model card alone. */
	let last: StackedPull | undefined;
	const stack = () => [...standing.values()].map(({ pull }) => pull);
	const open = () => stack().filter((pull) => !isMerged(run, pull));
	const layers = () => layersOf(run, stack(), treeAt);
	const openPull = makeOpenPull(parts, standing);

	/** The three of a review on one pull request, with its findings as its head has them. */
	async function reviewChecks(pull: PullRef, review: ReviewToShow) {
		const { number, headSha, branch } = pull;
		const mine = review.findings.filter((one) => one.pull === number);
		const files = await treeAt(headSha, branch);
		const { there, gone } = await whereNow(mine, (path) => files.text(path));
		const fixed = gone.filter(({ id }) => review.fixed.includes(id));
		const here = { pull: number, headSha, run: await parts.now() };
		const shown = { ...review, findings: [...there, ...fixed] };
		return review.summaries.map(({ focus }) =>
			checkRequest(run.id, { ...here, focus, review: shown }),
		);
	}

	/** All others are merged: our own files come as a pull request of their own. */
	async function openAlone(
		documents: readonly NewFile[],
		title: string,
		tests: TestRun,
	) {
		const change: Change = {
			title,
			why: "Every other pull request of this run is merged.",
			what: documents.map(({ path }) => `${path} is added.`),
			files: [],
			replacements: [],
		};
		const slug = "model-card";
		const pull = await openPull({ slug, change, tests, documents });
		return { pull, change, tests };
	}

	const evaluationOn = (top: PullRef, result: EvaluationResult) =>
		completed(run.id, top.headSha, evaluationCheck(result));

	return {
		stack,
		open: openPull,

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
		linesAround: async (place, around) =>
			linesAround(await layers(), place, around),
		introducedBy: async (path, line) =>
			introduction(await layers(), path, line),

		async postChecks({ review, evaluation }) {
			const pulls = open();
			const heads = pulls.map(({ number, headSha }) => `#${number} ${headSha}`);
			const what = [
				...(review ? ["review"] : []),
				...(evaluation ? ["evaluation"] : []),
			];
			await journal.step(
				`${what.join(", ")} on ${heads.join(", ")}`,
				async () => {
					const top = pulls.at(-1);
					const checks = await Promise.all([
						...(review ? pulls.map((pull) => reviewChecks(pull, review)) : []),
						...(evaluation && top ? [[evaluationOn(top, evaluation)]] : []),
					]);
					await publisher.checks(checks.flat());
				},
			);
		},

		async remark(findings) {
			await Promise.all(
				open().map(async ({ number, headSha }) => {
					const mine = findings.filter(({ pull }) => pull === number);
					if (mine.length === 0) return;
					const key = `${run.id}/${phase}/${parts.attempt}`;
					const review = findingReview(key, run.issue.number, mine);
					await journal.step(`remark on #${number} at ${headSha}`, () =>
						publisher.review(number, headSha, review),
					);
				}),
			);
		},

		async addFiles(documents, message) {
			const pull = open().at(-1);
			if (!pull) {
				const tests = reports.results?.tests;
				if (!tests) throw refused("There is no pull request to add a file to.");
				const opened = await openAlone(documents, message, tests);
				last = { phase, ...opened };
				return { commit: opened.pull.headSha, opened };
			}
			const tree = await treeAt(pull.headSha, pull.branch);
			const files = documents.map(({ path, content }) => ({
				path,
				content: publisher.document(content),
			}));
			const names = files.map(({ path }) => path);
			const sha = await journal.step(`add ${names.join(", ")}`, async () => {
				const committed = await publisher.commit({
					branch: pull.branch,
					parent: pull.headSha,
					...{ message, files, ...baseOf(tree) },
				});
				if (!committed.ok && committed.kind === "unchanged")
					return pull.headSha;
				if (!committed.ok) throw refused(committed.message);
				const { sha, tree: treeId } = committed;
				await parts.grow({ from: tree, sha, treeId, files, deletions: [] });
				return sha;
			});
			const { branch } = pull;
			const size = await sizesOf(tree, files);
			standing.set(branch, {
				...standing.get(branch),
				pull: { ...pull, headSha: sha, files: joinSizes(pull.files, size) },
			});
			return { commit: sha };
		},

		async markReady() {
			const all = [...stackOf(reports), ...(last ? [last] : [])];
			const finished = all.flatMap(({ pull, ...part }, i) =>
				isMerged(run, pull)
					? []
					: {
							number: pull.number,
							body: pullBody({
								...part,
								run,
								base: baseNow(run, pull),
								part: i + 1,
								of: all.length,
								files: pull.files,
								closesIssue: i === all.length - 1,
							}),
						},
			);
			const numbers = finished.map(({ number }) => `#${number}`);
			const marks = await journal.step(`ready ${numbers.join(", ")}`, () =>
				publisher.finishPulls(finished),
			);
			return marks.flatMap((marked, i) =>
				marked.ok ? [] : `${numbers[i]}: ${marked.message}`,
			);
		},
	};
}
