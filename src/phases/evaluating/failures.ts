// What counts as a technical failure of an evaluation, and which of them the
// writer can mend. A metric below what was agreed on is none: it is the answer.
import type { TestRun } from "../../reports/change.ts";
import type { SmokeRun } from "../../reports/conformity.ts";
import type { EvaluationResult } from "../../reports/results.ts";

export interface Failing {
	/** For people. */
	readonly what: string;
	/** For the writer: without a number that was measured on held-out rows; absent where no code can mend it. */
	readonly toMend?: string;
}

export interface Seen {
	readonly tests: TestRun;
	readonly integration: SmokeRun;
	readonly result?: EvaluationResult;
}

export const failuresOf = (seen: Seen): Failing[] => [
	...testFailures(seen),
	...integrationFailures(seen),
	...evaluationFailures(seen),
	...checkFailures(seen),
];

/** A failed metric ends the mending: code changed after it was seen would be tuned to the held-out rows. */
export const isMendable = (
	failing: readonly Failing[],
	{ verdict }: EvaluationResult,
): boolean =>
	verdict !== "FAIL" && failing.some(({ toMend }) => toMend !== undefined);

const LAST_CHARACTERS = 4_000;

function testFailures({ tests }: Seen): Failing[] {
	if (tests.status !== "failed") return [];
	const what =
		tests.failed > 0
			? `${tests.failed} of ${tests.failed + tests.passed} tests fail`
			: "the tests do not run through";
	const output = tests.output.slice(-LAST_CHARACTERS);
	return [{ what, toMend: `${what}. Their output ends:\n${output}` }];
}

function integrationFailures({ integration }: Seen): Failing[] {
	if (integration.status !== "failed") return [];
	const what = `training and prediction do not run from end to end: ${integration.reason}`;
	return [{ what, toMend: what }];
}

/** What the machine or the contract prevents is told, not mended. With a value it did end: its checks tell why it does not count. */
function evaluationFailures({ integration, result }: Seen): Failing[] {
	if (result?.verdict !== "INCONCLUSIVE" || result.value !== undefined)
		return [];
	const what = `the evaluation could not be brought to an end: ${result.reason}`;
	const isOfCode = result.cause === "code" && integration.status === "passed";
	return [{ what, ...(isOfCode ? { toMend: what } : {}) }];
}

function checkFailures({ result }: Seen): Failing[] {
	const failed = (result?.checks ?? []).filter(
		({ status }) => status === "failed",
	);
	return failed.map(({ name, detail, ofData }) => ({
		what: `sanity check "${name}": ${detail}`,
		...(ofData
			? {}
			: { toMend: `The sanity check "${name}" failed: ${hidden(detail)}` }),
	}));
}

/** Scores were measured on held-out rows: they stay with us. */
const hidden = (detail: string) => detail.replace(/-?\d+\.\d+/g, "(a score)");
