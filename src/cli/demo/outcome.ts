// What the demo prints at its end, counted on the forge and at the model.
import { PHASE_COUNT, phaseName } from "../../reports/workflow.ts";
import { markedComments } from "./issue-page.ts";
import type { Stage } from "./stage.ts";

export interface Outcome {
	readonly phases: {
		number: number;
		name: string;
		seconds: number;
		usd: number;
	}[];
	readonly pullRequests: {
		number: number;
		head: string;
		base: string;
		draft: boolean;
		files: number;
	}[];
	readonly checkRuns: {
		name: string;
		pullRequest: number;
		conclusion: string | null;
		annotations: number;
	}[];
	readonly evaluation: unknown;
	readonly github: { reads: number; writes: number; violations: number };
	readonly model: {
		requests: number;
		promptTokens: number;
		cacheReadTokens: number;
		outputTokens: number;
		usd: number;
	};
	readonly wallSeconds: number;
}

export async function outcomeOf(
	{ forge, model, repository }: Stage,
	issue: number,
	wallSeconds: number,
): Promise<Outcome> {
	const results = markedComments(forge, repository, issue).filter(
		({ kind }) => kind === "phase",
	);
	const sum = (number: number, field: "seconds" | "usd") =>
		round(
			results
				.filter(({ data }) => data.phase === number)
				.reduce((total, { data }) => total + Number(data[field]), 0),
		);
	const pulls = await forge.pulls(repository);
	const { checkRuns } = forge.repository(repository);
	const evaluated = results.findLast(({ data }) => data.phase === 11);
	return {
		phases: Array.from({ length: PHASE_COUNT }, (_, i) => i + 1)
			.filter((number) => results.some(({ data }) => data.phase === number))
			.map((number) => ({
				number,
				name: phaseName(number),
				seconds: sum(number, "seconds"),
				usd: sum(number, "usd"),
			})),
		pullRequests: pulls.map(({ number, head, base, draft, files }) => ({
			number,
			head,
			base,
			draft,
			files: files.length,
		})),
		checkRuns: pulls.flatMap((pull) =>
			[...checkRuns.values()]
				.filter((run) => run.headSha === pull.headSha)
				.map((run) => ({
					name: run.name,
					pullRequest: pull.number,
					conclusion: run.conclusion,
					annotations: run.annotations.length,
				})),
		),
		evaluation: evaluated?.data.facts ?? null,
		github: {
			reads: forge.reads,
			writes: forge.writes,
			violations: forge.violations.length,
		},
		model: model.totals(),
		wallSeconds: round(wallSeconds),
	};
}

const round = (value: number) => Math.round(value * 1_000) / 1_000;
