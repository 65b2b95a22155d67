// The repository's own CI, in a line.
import type { CiCheck } from "../reports/ci.ts";
import { codeSpan } from "./code.ts";

export function ciFailedLine(head: string, checks: readonly CiCheck[]): string {
	const failed = checks.filter(({ state }) => state === "failed");
	const names = failed.map(
		({ name, conclusion }) => `${codeSpan(name)} (${codeSpan(conclusion)})`,
	);
	return `**CI failed** on ${head}: ${names.join(", ")}. ${ciLine(checks)}.`;
}

/** "CI: 2 passed, 1 failed" */
const ciLine = (checks: readonly CiCheck[]): string => {
	const counts = (["passed", "failed", "running"] as const).flatMap((state) => {
		const count = checks.filter((check) => check.state === state).length;
		return count > 0 ? [`${count} ${state}`] : [];
	});
	return `CI: ${counts.join(", ")}`;
};
