// What a version lacks that its writer could mend.
import { plural } from "../../views/numbers.ts";
import { UNIT_TESTS } from "./check-items.ts";
import type { Version } from "./version.ts";

export interface Shortcoming {
	/** A few words, for people. */
	readonly what: string;
	/** All there is to know, for the writer. Untrusted text. */
	readonly detail: string;
}

const LAST_OUTPUT = 4_000;

export function shortcomingsOf(version: Version): Shortcoming[] {
	const { tests, conformity } = version;
	const failed =
		tests.status === "failed"
			? [
					{
						what: `${plural(tests.failed, "test")} failed`,
						detail: `The tests fail. Their output:\n${tests.output.slice(-LAST_OUTPUT)}`,
					},
				]
			: [];
	if (!conformity) return failed;
	const { items, review, smoke } = conformity;
	// What this machine cannot run, no other version would make it run.
	const cannotRun = tests.status === "not run" ? UNIT_TESTS : "";
	const missing = items.filter(({ met, name }) => !met && name !== cannotRun);
	const deviating = review?.deviations.filter(({ mustFix }) => mustFix) ?? [];
	return [
		...failed,
		...(smoke?.status === "failed"
			? [
					{
						what: "the smoke run failed",
						detail: `The smoke run failed: ${smoke.reason}`,
					},
				]
			: []),
		...missing.map(({ name, remark }) => ({
			what: `not shown: ${name}`,
			detail: `The item "${name}" is not shown: ${remark}.`,
		})),
		...deviating.map(({ what, path, line }) => ({
			what: "a deviation from the design",
			detail: `It deviates from the approved design (${path}${line ? `, line ${line}` : ""}): ${what}`,
		})),
	];
}

/** The kinds, each once. */
export const saysOf = (missing: readonly Shortcoming[]): string =>
	[...new Set(missing.map(({ what }) => what))].join(", ");
