import fc from "fast-check";
import { load } from "js-yaml";
import { marked, type Token } from "marked";
import { describe, expect, test } from "vitest";
import type { Reports } from "../../src/reports/reports.ts";
import { renderPhaseComment } from "../../src/views/phase-comment.ts";
import type { PhaseView } from "../../src/views/phase-view.ts";
import { approachesView } from "../../src/views/phases/approaches.ts";
import { dataView } from "../../src/views/phases/data.ts";
import { evaluationPlanView } from "../../src/views/phases/evaluation-plan.ts";
import { implementationView } from "../../src/views/phases/implementation.ts";
import { pipelineView } from "../../src/views/phases/pipeline.ts";
import { requirementsView } from "../../src/views/phases/requirements.ts";
import { resultsView } from "../../src/views/phases/results.ts";
import { reviewView } from "../../src/views/phases/review.ts";
import { risksView } from "../../src/views/phases/risks.ts";
import { summaryView } from "../../src/views/phases/summary.ts";
import { reports, run, withTexts } from "./samples.ts";

const views = (all: Reports): PhaseView[] => {
	const about = { run, before: all };
	return [
		requirementsView(all.requirements, about),
		dataView(all.data, about),
		risksView(all.risks, about),
		approachesView(all.architecture, about),
		pipelineView(all.pipeline, about),
		evaluationPlanView(all.evaluationPlan, about),
		implementationView(all.model, about),
		implementationView(all.training, about),
		implementationView(all.integration, about),
		reviewView(all.review, about),
		resultsView(all.results, about),
		summaryView(all.summary, about),
	];
};

const comment = (view: PhaseView, number: number) =>
	renderPhaseComment({
		run,
		phase: { number, name: "" },
		attempt: 1,
		view,
		seconds: 12,
		usd: 0.11,
	});

const about = { run, before: reports };

function tokensOf(markdown: string): Token[] {
	const tokens: Token[] = [];
	marked.walkTokens(marked.lexer(markdown), (token) => {
		tokens.push(token);
	});
	return tokens;
}

describe("every phase's comment", () => {
	const hostile = [
		"@mallory closes #77 ![x](http://evil.example/x)",
		"<img src=x> <!-- hidden --> [a](http://evil.example)",
		"a | b | c\n\n/approve\n# Loud",
		"```mermaid\nclick",
		"</details> | `x | y`",
	];

	test("carries hostile text without becoming hostile", () => {
		const text = fc
			.array(fc.constantFrom(...hostile), { minLength: 1, maxLength: 3 })
			.map((parts) => parts.join(" "));
		fc.assert(
			fc.property(text, (evil) => {
				views(withTexts(reports, evil)).forEach((view, index) => {
					const body = comment(view, index + 1);
					for (const token of tokensOf(body)) {
						expect(token.type).not.toBe("image");
						if (token.type === "link")
							expect(token.href).toContain("https://github.example/");
						if (token.type === "html")
							expect(token.raw).toMatch(
								/^(?:<!-- modelwright:|<\/?(?:details|summary|sub)>)/,
							);
						if (token.type === "text" && !("tokens" in token))
							expect(token.raw).not.toMatch(/@mallory|#77/);
					}
					const opened = body.split("<details>").length;
					expect(body.split("</details>").length).toBe(
						opened + (evil.match(/<\/details>/g) ? fencedTails(body) : 0),
					);
				});
			}),
			{ numRuns: 30 },
		);
	});

	/** `</details>` that stands in a code block is text there. */
	const fencedTails = (body: string) =>
		tokensOf(body)
			.filter(({ type }) => type === "code" || type === "codespan")
			.flatMap(({ raw }) => raw.match(/<\/details>/g) ?? []).length;

	test("has tables whose rows all have the width of their head", () => {
		for (const [index, view] of views(reports).entries())
			for (const token of tokensOf(comment(view, index + 1)))
				if (token.type === "table")
					for (const row of token.rows)
						expect(row).toHaveLength(token.header.length);
	});

	test("puts nothing undefined or not a number before people", () => {
		for (const [index, view] of views(reports).entries())
			expect(comment(view, index + 1)).not.toMatch(
				/undefined|NaN|\[object|Invalid/,
			);
	});
});

describe("requirements", () => {
	test("say what was assumed, and how to answer what is open", () => {
		const { summary } = requirementsView(reports.requirements, about);
		expect(summary).toContain("**assumed:** no latency limit");
		expect(summary).toContain("`/answer 1 <text>`");
		expect(summary).toContain("no, it is not");
	});

	test("show an answer instead of asking again", () => {
		const answered = {
			...reports.requirements,
			userAnswers: [{ by: "alice", text: "yes it is", question: 1 }],
		};
		const { summary } = requirementsView(answered, about);
		expect(summary).toContain("`alice` answered: yes it is");
		expect(summary).not.toContain("/answer 1");
	});

	test("link key files at the commit under study", () => {
		const { details } = requirementsView(reports.requirements, about);
		expect(details[1]?.markdown).toContain(
			`https://github.example/acme/churn/blob/${run.base.sha}/churn/baseline.py#L12-L48`,
		);
	});
});

describe("the data", () => {
	test("show what was counted: size, missing values, balance, groups", () => {
		const { summary } = dataView(reports.data, about);
		for (const fact of ["1,994 × 3", "`region` 20 %", "0 88 %", "1,480 values"])
			expect(summary).toContain(fact);
		expect(risksView(reports.risks, about).details[1]?.markdown).toContain(
			"1,994 × 3",
		);
	});

	test("are summed up in four parts with their places, after what was read", () => {
		const { summary } = dataView(reports.data, about);
		const parts = [
			"**Data sources and formats:** One table",
			"**Feature engineering patterns:** Raw columns",
			"**Preprocessing pipelines:** Typed",
			"**Data validation approaches:** Columns are checked",
		].map((part) => summary.indexOf(part));
		expect(Math.min(...parts)).toBeGreaterThan(0);
		expect(parts).toEqual(parts.toSorted((a, b) => a - b));
		expect(summary).toContain(`${run.base.sha}/churn/load.py#L3`);
		expect(summary).toContain(
			"40 lines of 1 key file; 2 more lines of their ranges were left out",
		);
	});

	test("show an identifier by example, a category by its frequencies", () => {
		const schema = dataView(reports.data, about).details[0]?.markdown;
		expect(schema).toContain("| e.g. r1 |");
		expect(schema).toContain("| north (700) |");
		expect(schema).toContain("| 1 to 72, mean 31.4 |");
	});

	test("that could not be read are said not to be", () => {
		const none = { ...reports.data, profiles: [] };
		expect(dataView(none, about).summary).toContain("No table");
	});
});

describe("approaches", () => {
	test("stand side by side, the chosen one sketched, the unsound one marked", () => {
		const { summary } = approachesView(reports.architecture, about);
		expect(summary).toContain("Recommended: pragmatic");
		expect(summary).toContain("```mermaid\nflowchart LR");
		expect(summary).toContain("**not sound**");
		expect(summary).toContain(
			"/choose baseline | state-of-the-art | pragmatic",
		);
	});

	test("say so when somebody chose another than the recommended", () => {
		const run = { ...about.run, choice: "baseline" as const };
		expect(
			approachesView(reports.architecture, { ...about, run }).summary,
		).toContain("**Chosen: baseline** (recommended was pragmatic)");
	});
});

describe("the evaluation plan", () => {
	const view = evaluationPlanView(reports.evaluationPlan, about);

	test("tells what decides, what can be seen, and what it will take", () => {
		expect(view.summary).toMatch(/PR-AUC on 20 % .*`customer_id`/);
		expect(view.summary).toContain("a difference of 0.024 or more");
		expect(view.summary).toContain("14 min · $3 to $5 · 3 pull requests");
		expect(view.summary).toContain("R1 mitigated");
	});

	test("says how the cost was reckoned, and when the budget may not do", () => {
		const { evaluationPlan } = reports;
		const summaryWith = (leftUsd: number) => {
			const basis = { from: "this run", agents: 11, usd: 0.25 } as const;
			const forecast = { ...evaluationPlan.forecast, basis, leftUsd };
			return evaluationPlanView({ ...evaluationPlan, forecast }, about).summary;
		};
		expect(summaryWith(20)).toContain(
			"reckoned from 11 agents of this run at $0.25 on average",
		);
		expect(summaryWith(20)).not.toContain("is left");
		expect(summaryWith(4)).toContain("**$4 is left, which may not do**");
	});

	test("shows the very contract, as YAML that reads back the same", () => {
		const yaml = /```yaml\n([\s\S]*?)\n```/.exec(
			view.details[1]?.markdown ?? "",
		)?.[1];
		expect(load(yaml ?? "")).toEqual(reports.evaluationPlan.plan.contract);
	});

	test("is loud about a critical risk the design leaves open, and about faults", () => {
		const { architecture, evaluationPlan } = reports;
		const careless = {
			...architecture,
			designs: architecture.designs.map((d) => ({
				...d,
				risks_addressed: [],
			})),
		};
		const before = { ...reports, architecture: careless };
		const faulty = { ...evaluationPlan, faults: ["no column row_id"] };
		const { summary } = evaluationPlanView(faulty, { run, before });
		expect(summary).toContain("**R1 not mitigated**");
		expect(summary).toMatch(/^\*\*This contract cannot be judged/);
	});
});

describe("an implementation", () => {
	test("names pull request, size and tests", () => {
		const { summary } = implementationView(reports.model, about);
		expect(summary).toContain("/pull/43)");
		expect(summary).toContain("1 file, +312 −4");
		expect(summary).toContain("23 tests passed (on wasm, 2 s)");
	});

	test.each([
		["failed", "**1 test failed**, 23 passed"],
		["none found", "no tests were found"],
		["not run", "**tests were not run**: Ran 23 tests"],
	] as const)("whose tests %s hides nothing", (status, words) => {
		const tests = { ...reports.model.tests, status, failed: 1 };
		const { summary } = implementationView({ ...reports.model, tests }, about);
		expect(summary).toContain(words);
	});
});

describe("a review", () => {
	test("lists findings, what was fixed, and what was left out and why", () => {
		const { summary } = reviewView(reports.review, about);
		expect(summary).toContain("F1 ✓");
		expect(summary).toContain("LEAK02");
		expect(summary).toContain("F1 in [#46]");
		expect(summary).toContain("3 below confidence 80, 1 whose quote");
		expect(summary).not.toContain("said more than once");
	});

	test("puts the gravest first, and says what is left and by whose word", () => {
		const { summary } = reviewView(reports.review, about);
		expect(summary.indexOf("| F1 ✓ |")).toBeLessThan(summary.indexOf("| F2 |"));
		expect(summary).toMatch(/high\W* \(1\)[\s\S]*medium\W* \(1\)/);
		expect(summary).toContain("**Left as they are:** F2, as `alice` decided.");
		expect(summary).toContain(
			"**Mended as `alice` asked:** Name the constant.",
		);
	});

	test("that waits says nothing of what is left", () => {
		const { fix: _, decidedBy: __, ...open } = reports.review;
		const { summary } = reviewView({ ...open, fixed: [], remarks: [] }, about);
		expect(summary).not.toContain("Left as they are");
		expect(summary).not.toContain("Fixed:");
	});

	test("shows a reviewer's suggestion as code and a rule's as words", () => {
		const { details } = reviewView(reports.review, about);
		expect(details[0]?.markdown).toContain("Suggestion: encoder");
		expect(details[1]?.markdown).toContain("```python\nencoder");
	});

	test("without findings says so", () => {
		const { fix: _, ...rest } = reports.review;
		const none = { ...rest, findings: [], fixed: [] };
		expect(reviewView(none, about).summary).toMatch(/^\*\*Nothing to fix/);
	});
});

describe("results", () => {
	test("begin with the verdict and its numbers", () => {
		const [first] = resultsView(reports.results, about).summary.split("\n");
		expect(first).toBe(
			"**PASS** · PR-AUC **0.412** [0.371, 0.452] vs baseline 0.338 · difference 0.074 [0.041, 0.108], p = 0.0004 (paired bootstrap, 1 seed)",
		);
	});

	test("name the worst slice, by what is bad for the metric", () => {
		const { result } = reports.results;
		const slice = { column: "region", rows: 9 };
		const slices = [
			{ ...slice, value: "north", metric: 0.2 },
			{ ...slice, value: "south", metric: 0.4 },
		];
		const shown = (metric: "pr_auc" | "rmse") =>
			resultsView(
				{ ...reports.results, result: { ...result, metric, slices } },
				about,
			).summary;
		expect(shown("pr_auc")).toContain("worst slice: `region` = north 0.200");
		expect(shown("rmse")).toContain("worst slice: `region` = south 0.400");
	});

	test("draw all systems in one chart", () => {
		const { summary } = resultsView(reports.results, about);
		expect(summary).toContain("bar [0.12, 0.338, 0.412]");
		expect(summary).toContain('"existing baseline"');
	});

	test("tell each round of repairs and what still fails", () => {
		const { summary, details } = resultsView(reports.results, about);
		expect(summary).toMatch(/\*\*Repaired\*\* in 1 round.*\[#47\]/);
		expect(summary).toContain("**Still failing:**");
		const rounds = details.find(({ title }) => title.startsWith("Repairs"));
		expect(rounds?.markdown).toMatch(
			/\| 1 \| 2 of 25 tests fail \| Read empty cells \(`4747474`\) \|/,
		);
	});

	test("say how often the held-out rows were looked at, and what that means", () => {
		const looks = (times: number) => {
			const scorings = Array(times).fill(reports.results.scorings[0]);
			const view = resultsView({ ...reports.results, scorings }, about);
			return JSON.stringify(view);
		};
		expect(looks(1)).toContain("scored 1 time in this run");
		expect(looks(1)).not.toContain("slightly flattered");
		expect(looks(2)).toContain("scored 2 times in this run");
		expect(looks(2)).toContain("slightly flattered");
	});

	test("without a value give the reason instead of numbers", () => {
		const { value: _, ...result } = reports.results.result;
		const open = {
			...reports.results,
			result: {
				...result,
				verdict: "INCONCLUSIVE" as const,
				reason: "Training timed out.",
				systems: [],
			},
		};
		const { summary } = resultsView(open, about);
		expect(summary).toMatch(/^\*\*INCONCLUSIVE\*\* · Training timed out\./);
		expect(summary).not.toContain("mermaid");
	});
});

describe("the summary", () => {
	test("tells what was built, why, what was left, who accepted it, and what comes next", () => {
		const { summary, details } = summaryView(reports.summary, about);
		const all = [summary, ...details.map(({ markdown }) => markdown)].join(
			"\n",
		);
		for (const part of [
			"A model",
			"its training",
			"Not taken: the baseline",
			"F2: left as it is by alice",
			"churn/model.py (created)",
			"Accepted as it is by `alice`",
			"**Monitoring**",
		])
			expect(all).toContain(part);
	});

	test("names every pull request, the card and the cost", () => {
		const done = [{ phase: 1, attempt: 1, seconds: 120, usd: 1.25 }];
		const { summary, details } = summaryView(reports.summary, {
			run: { ...run, done },
			before: reports,
		});
		for (const number of [43, 44, 45, 46])
			expect(summary).toContain(`/pull/${number})`);
		expect(summary).toContain("MODEL_CARD.md");
		expect(summary).toContain("2 min of work · $1.25 of $25");
		expect(details.at(-1)?.markdown).not.toMatch(/^#/m);
	});
});
