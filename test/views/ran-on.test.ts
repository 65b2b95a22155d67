import { describe, expect, test } from "vitest";
import {
	evaluationExecution,
	verdictDigest,
} from "../../src/phases/11-evaluation-execution.ts";
import { evaluationCheck } from "../../src/views/evaluation-check.ts";
import { renderModelCard } from "../../src/views/model-card.ts";
import { reports, run } from "./samples.ts";

const page = (id: number) => `https://github.com/acme/churn/actions/runs/${id}`;
const elsewhere = [
	{ page: page(7), offline: true },
	{ page: page(8), offline: true },
];
const at = (places: typeof elsewhere) => ({
	...reports.results,
	result: { ...reports.results.result, runner: "actions", elsewhere: places },
});
const links = `[1](${page(7)}), [2](${page(8)})`;

describe("an evaluation on the repository's own runners", () => {
	test("links its logs in the comment, the check and the card", () => {
		const report = at(elsewhere);
		const view = evaluationExecution.view(report, { run } as never);
		expect(JSON.stringify(view)).toContain(links);
		expect(evaluationCheck(report.result).summary).toContain(links);
		const card = renderModelCard({
			run,
			before: { ...reports, results: report },
		} as never);
		expect(card).toContain(links);
	});

	test("says whose word it is, and whether there was a network", () => {
		const said = (places: typeof elsewhere) =>
			evaluationCheck(at(places).result).summary;
		expect(said(elsewhere)).toMatch(/own runners, whose word.* had no network/);
		const [one] = elsewhere;
		expect(said([{ page: one?.page ?? "", offline: false }])).toMatch(
			/may have had a network/,
		);
	});

	test("is approved whatever its jobs' pages are", () => {
		expect(verdictDigest(at(elsewhere))).toBe(verdictDigest(at([])));
	});
});
