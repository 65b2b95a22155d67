// The repository's own CI, in a line.
import type { CiCheck } from "../reports/ci.ts";
import { codeSpan } from "./code.ts";

/** `own`: those of them that failed by the pull request's doing. */
export function ciFailedLine(
	head: string,
	own: readonly CiCheck[],
	checks: readonly CiCheck[],
): string {
	const names = own.map(
		({ name, conclusion }) => `${codeSpan(name)} (${codeSpan(conclusion)})`,
	);
	const failed = checks.filter(({ state }) => state === "failed").length;
	const others = failed - own.length;
	const below =
		others > 0 ? `; ${others} of them below as well, which I leave to it` : "";
	return `**CI failed** on ${head}: ${names.join(", ")}. CI: ${counted(checks)}${below}.`;
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
