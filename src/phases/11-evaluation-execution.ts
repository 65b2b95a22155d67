import { showData } from "../agents/prompt/show-data.ts";
import { fence } from "../agents/prompt/untrusted.ts";
import type { TestRun } from "../reports/change.ts";
import type { EvaluationResult, ResultsReport } from "../reports/results.ts";
import { digestOf, shortDigest } from "../run/digest.ts";
import { resultsView } from "../views/phases/results.ts";
import { examine } from "./evaluating/examine.ts";
import { isMendable } from "./evaluating/failures.ts";
import { MOST_ROUNDS, repair } from "./evaluating/repair.ts";
import { definePhase, type Lead } from "./phase.ts";

type Judged = Omit<ResultsReport, "interpretation">;

export const evaluationExecution = definePhase({
	number: 11,
	goal: "Judge the model by the approved contract",
	report: "results",

	async perform(lead) {
		const judged = await judge(lead);
		const interpretation = await lead.agents.one({
			role: "data-scientist",
			name: "interpret-results",
			phase: 11,
			submit: "interpretation",
			brief: `The evaluation ran and code computed the verdict; it stands. Explain to the user what it means for their decision, how it compares with the baselines, and what limits it has, among them what still fails and how often the held-out rows were looked at. Then name the next step under each of the four headings. Use only numbers given here.

${fence("report", 'name="results"', showData(withoutOutput(judged)))}`,
		});
		await lead.pulls.postChecks({ evaluation: judged.result });
		return { ...judged, interpretation };
	},

	/** A result that is not a plain PASS is never passed over in silence. */
	gate(report) {
		const { result, failing } = report;
		const isPlain = result.verdict === "PASS" && !result.trust;
		if (isPlain && failing.length === 0) return undefined;
		const digest = verdictDigest(report);
		const open = failing.length
			? ` Still failing: ${failing.map((what) => what.slice(0, 160)).join("; ")}.`
			: "";
		return {
			name: "verdict",
			command: `/approve ${shortDigest(digest)}`,
			question: `The verdict is ${result.verdict}${result.trust ? " as reported by the repository's own script" : ""}.${open} Accept it as it is?`,
			digest,
		};
	},

	view: resultsView,
});

/** Technical failures are mended and everything is run again; a failed metric stands. */
async function judge(lead: Lead): Promise<Judged> {
	let seen = await examine(lead, await lead.lab.runTests());
	const scorings = [...(lead.earlier.results?.scorings ?? [])];
	const rounds: Judged["rounds"] = [];
	let mended: Judged["repair"];
	if (seen.scoring) scorings.push(seen.scoring);
	while (rounds.length < MOST_ROUNDS && isMendable(seen.failing, seen.result)) {
		const number = rounds.length + 1;
		const done = await repair(lead, number, seen.failing, mended);
		rounds.push(done.round);
		mended = done.repair;
		seen = await examine(lead, done.round.tests);
		if (seen.scoring) scorings.push(seen.scoring);
	}
	const { result, tests, integration } = seen;
	return {
		...{ result, tests, integration, rounds, scorings },
		...(mended ? { repair: mended } : {}),
		failing: seen.failing.map(({ what }) => what),
	};
}

/** What an approval of the verdict is bound to: all but how long it took. */
export function verdictDigest({ result, failing }: Judged): string {
	return digestOf({ result: timeless(result), failing });
}

/** The interpreter needs outcomes, not texts nor durations: those differ every time, and a phase retried has to ask the same. */
const withoutOutput = ({
	repair: _,
	result,
	tests,
	integration,
	rounds,
	...judged
}: Judged) => ({
	...judged,
	result: brief(result),
	tests: outcomeOf(tests),
	integration: timeless(integration),
	rounds: rounds.map((round) => ({ ...round, tests: outcomeOf(round.tests) })),
});

const outcomeOf = ({ output: _, ...outcome }: TestRun) => timeless(outcome);

/** What stands beside the decision needs no intervals in a prompt. */
const brief = ({ curves: _, tracked: __, ...result }: EvaluationResult) => ({
	...timeless(result),
	systems: result.systems.map(({ name, value }) => ({ name, value })),
});

/** Nor where: the same job is another run elsewhere. */
const timeless = <T extends { seconds: number; elsewhere?: unknown }>({
	seconds: _,
	elsewhere: __,
	...rest
}: T) => rest;
