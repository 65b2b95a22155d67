// `# modelwright: ignore[SEC01] our own file` on a line, or on one of its own above it.
import type { RuleHit } from "./rule.ts";

export interface Suppressed {
	readonly hit: RuleHit;
	readonly reason: string;
	readonly by: "comment" | "configuration";
}

const COMMENT =
	/#\s*modelwright:\s*ignore\[\s*([A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)\s*\]([^\n]*)/;

/** One without a reason does not count, and its hit says so. */
export function suppress(
	hits: readonly RuleHit[],
	linesOf: (path: string) => readonly string[],
): { hits: RuleHit[]; suppressed: Suppressed[] } {
	const kept: RuleHit[] = [];
	const suppressed: Suppressed[] = [];
	for (const hit of hits) {
		const reason = reasonFor(hit, linesOf(hit.path));
		if (reason) suppressed.push({ hit, reason, by: "comment" });
		else kept.push(reason === "" ? { ...hit, message: unheard(hit) } : hit);
	}
	return { hits: kept, suppressed };
}

/** Undefined without a comment, "" when it gives none. */
function reasonFor(hit: RuleHit, lines: readonly string[]): string | undefined {
	const above = lines[hit.startLine - 2]?.trim() ?? "";
	const own = lines.slice(hit.startLine - 1, hit.endLine);
	for (const line of above.startsWith("#") ? [above, ...own] : own) {
		const [, rules = "", reason = ""] = COMMENT.exec(line) ?? [];
		if (rules.split(",").some((rule) => rule.trim() === hit.rule))
			return reason.replace(/\s+/g, " ").trim().slice(0, 300);
	}
	return undefined;
}

const unheard = ({ message, rule }: RuleHit) =>
	`${message} The comment that would ignore ${rule} here gives no reason, so it does not count.`;
