import { describe, expect, test } from "vitest";
import { evaluationExecution } from "../../src/phases/11-evaluation-execution.ts";
import type { ResultsReport } from "../../src/reports/results.ts";
import { evaluationCheck } from "../../src/views/evaluation-check.ts";
import {
	decidedBy,
	labelsLine,
} from "../../src/views/phases/evaluation-plan.ts";
import { verdictLine } from "../../src/views/phases/results.ts";
import { reports } from "./samples.ts";

const { result } = reports.results;
const { contract } = reports.evaluationPlan.plan;
const reported: ResultsReport["result"] = {
	...result,
	...{ verdict: "PASS", trust: "reported", metric: "bleu" },
};

describe("a result that was reported", () => {
	test("never reads as one that was computed", () => {
		expect(verdictLine(reported)).toMatch(/^\*\*PASS as reported\*\* · bleu/);
		expect(verdictLine({ ...result, verdict: "PASS" })).toMatch(
			/^\*\*PASS\*\* /,
		);
	});

	test("is no green check", () => {
		const { conclusion, title } = evaluationCheck(reported);
		expect(conclusion).toBe("neutral");
		expect(title).toMatch(/^PASS as reported · bleu/);
	});

	test("is put to a person though it passed", () => {
		const report = { ...reports.results, failing: [] };
		const ask = (one: ResultsReport["result"]) =>
			evaluationExecution.gate?.({ ...report, result: one }, {} as never);
		expect(ask(reported)?.question).toMatch(/PASS as reported by/);
		expect(ask({ ...result, verdict: "PASS" })).toBeUndefined();
	});
});

test("the gate says whose word decides, and who has the labels", () => {
	const terms = {
		script: "tools/bleu.py",
		metric: "bleu",
		higher_is_better: true,
	};
	expect(decidedBy({ ...contract, reported: terms })).toMatch(
		/^\*\*reported by the repository's own `tools\/bleu\.py`\*\*, pinned by its digest: bleu \(higher is better\)/,
	);
	expect(labelsLine({ ...contract, labels: "operator" })).toMatch(
		/^given by the operator .* blind for its authors/,
	);
	expect(labelsLine(contract)).toMatch(/^in the repository, so not blind/);
	expect(
		decidedBy({
			...contract,
			primary: { ...contract.primary, against: "linear", threshold: 0.8 },
		}),
	).toMatch(/better than the linear baseline .* and surely 0\.800 or better/);
});
