// The repository's own CI, in a line.
import type { CiCheck } from "../reports/ci.ts";
import { codeSpan } from "./code.ts";

export function ciFailedLine(head: string, checks: readonly CiCheck[]): string {
	const failed = checks.filter(({ state }) => state === "failed");
	const names = failed.map(
		({ name, conclusion }) => `${codeSpan(name)} (${codeSpan(conclusion)})`,
	);
	return `**CI failed** on ${head}: ${names.join(", ")}. CI: ${counted(checks)}.`;
}

/** How CI stands on the heads of pull requests; undefined where it says nothing of any. */
export function ciLine(
	pulls: readonly {
		readonly number: number;
		readonly checks: readonly CiCheck[];
	}[],
): string | undefined {
	if (pulls.every(({ checks }) => checks.length === 0)) return undefined;
	const each = pulls.map(
		({ number, checks }) => `#${number} ${counted(checks) || "nothing yet"}`,
	);
	return `**Your CI** when this was written: ${each.join("; ")}.`;
}

const STATES = ["passed", "failed", "stopped", "running"] as const;

/** "2 passed, 1 failed" */
const counted = (checks: readonly CiCheck[]): string =>
	STATES.flatMap((state) => {
		const count = checks.filter((check) => check.state === state).length;
		return count > 0 ? [`${count} ${state}`] : [];
	}).join(", ");
