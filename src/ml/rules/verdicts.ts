// What people who read a rule's hits on public code made of them.
import { readFileSync } from "node:fs";

export interface Verdict {
	/** owner/name@commit:path:line */
	readonly place: string;
	readonly verdict: "right" | "wrong";
}

const LINE = /^(\S+\/\S+@[0-9a-f]{7,40}:.+:\d+) -> (right|wrong)(?:\s.*)?$/;

const known = new Map<string, readonly Verdict[]>();

/** From verdicts/<ID>.txt; none where there is no such file. */
export function verdictsOf(rule: string): readonly Verdict[] {
	const found = known.get(rule) ?? parseVerdicts(rule, textOf(rule));
	known.set(rule, found);
	return found;
}

/** One a line; what follows the verdict says why. Lines that begin with # are remarks. */
export function parseVerdicts(rule: string, text: string): Verdict[] {
	const places = new Set<string>();
	return text.split("\n").flatMap((line, i) => {
		if (!line.trim() || line.startsWith("#")) return [];
		const [, place, verdict] = LINE.exec(line) ?? [];
		const fault = !place
			? `is not "owner/name@commit:path:line -> right|wrong why"`
			: places.has(place) && "repeats a place";
		if (!place || fault)
			throw new Error(`verdicts/${rule}.txt, line ${i + 1} ${fault}: ${line}`);
		places.add(place);
		return [{ place, verdict: verdict as Verdict["verdict"] }];
	});
}

function textOf(rule: string): string {
	try {
		return readFileSync(
			new URL(`verdicts/${rule}.txt`, import.meta.url),
			"utf8",
		);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
		throw error;
	}
}
