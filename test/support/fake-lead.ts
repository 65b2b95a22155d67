// A lead whose agents, lab and pull requests are told what to answer, and which
// remembers what it was asked.
import type { Assignment } from "../../src/agents/assignment.ts";
import type { Lead } from "../../src/phases/phase.ts";
import type { Change, PullRef, TestRun } from "../../src/reports/change.ts";
import type { SmokeRun } from "../../src/reports/conformity.ts";
import type { Reports } from "../../src/reports/reports.ts";
import type { EvaluationResult } from "../../src/reports/results.ts";
import { stackOf } from "../../src/reports/stack.ts";
import type { Run } from "../../src/run/run.ts";
import { reports, run } from "../views/samples.ts";

export interface Told {
	readonly run?: Partial<Run>;
	readonly before?: Partial<Reports>;
	readonly earlier?: Partial<Reports>;
	/** What each conversation hands in, by its assignment's name. */
	readonly submissions?: Readonly<Record<string, unknown>>;
	/** In order; the last one repeats. */
	readonly tests?: readonly Partial<TestRun>[];
	readonly smoke?: readonly Partial<SmokeRun>[];
	readonly results?: readonly Partial<EvaluationResult>[];
}

export const change = (title: string, path = "churn/model.py"): Change => ({
	title,
	why: `${title}, as was needed.`,
	what: [title],
	files: [{ path, content: "x = 1\n" }],
	replacements: [],
});

export function fakeLead(told: Told) {
	const asked: Assignment[] = [];
	const evaluated: string[] = [];
	const { summary: _, ...known } = reports;
	const before = { ...known, ...told.before } as Reports;
	const stack: PullRef[] = stackOf(before).map(({ pull }) => pull);
	const commits: { slug: string; change: Change }[] = [];
	const nth = <T>(all: readonly T[] | undefined, n: number) =>
		all?.[Math.min(n, all.length - 1)];
	let [tested, smoked] = [0, 0];

	const lead = {
		run: { ...run, ...told.run },
		before,
		earlier: told.earlier ?? {},
		agents: {
			async one(task: Assignment) {
				asked.push(task);
				const submission = told.submissions?.[task.name];
				if (!submission) throw new Error(`nobody plays ${task.name}`);
				return submission;
			},
		},
		lab: {
			filesOf: async ({ files }: Change) => files,
			runTests: async () => ({
				...reports.model.tests,
				...nth(told.tests, tested++),
			}),
			smokeRun: async () => ({
				...{ status: "passed", reason: "it runs", seconds: 1 },
				...nth(told.smoke, smoked++),
			}),
			async evaluate() {
				const result = nth(told.results, evaluated.length) ?? {};
				evaluated.push(stack.at(-1)?.headSha ?? "");
				return { ...reports.results.result, checks: [], ...result };
			},
		},
		pulls: {
			stack: () => stack,
			async open(request: { slug: string; change: Change }) {
				commits.push(request);
				const { slug, change } = request;
				const at = stack.findIndex(({ branch }) => branch.endsWith(slug));
				const mine = stack[at];
				const pull: PullRef = {
					number: mine?.number ?? 90,
					url: "https://github.example/acme/churn/pull/90",
					branch: `modelwright/42/${slug}`,
					base: "main",
					headSha: String(commits.length).repeat(40),
					title: change.title,
					files: change.files.map(({ path }) => ({
						path,
						additions: commits.length,
						deletions: 0,
					})),
				};
				if (mine) stack[at] = pull;
				else stack.push(pull);
				return pull;
			},
			postChecks: async () => {},
			remark: async () => {},
		},
	} as unknown as Lead;
	return { lead, asked, evaluated, commits };
}
