// The fenced code of a page and what its tag promises, as docs/skills.md defines it.
import { importedModules } from "./imports.ts";

export interface Fence {
	/** `SKILL.md` or the path of a reference. */
	readonly file: string;
	/** Of its first line of code. */
	readonly line: number;
	readonly tag: string;
	readonly code: string;
}

export interface Snippet extends Fence {
	/** A good one is a complete program too: the twin of a bad one. */
	readonly kind: "complete" | "good" | "bad" | "fragment";
	/** What a bad one breaks. */
	readonly rule?: string;
	/** Top-level modules it cannot run without. */
	readonly requires: readonly string[];
}

const OTHERS = new Set(["sh", "text", "json", "yaml"]);

const FENCE = /^```([^\n]*)\n([\s\S]*?)^```$/gm;
const PYTHON =
	/^python(?: (good|fragment)| (bad) rule=([A-Z]+\d+))?(?: requires=([\w,]+))?$/;

export const fencesIn = (file: string, text: string): Fence[] =>
	[...text.matchAll(FENCE)].map(({ 1: tag = "", 2: code = "", index }) => ({
		...{ file, tag, code },
		line: text.slice(0, index).split("\n").length + 1,
	}));

/** Undefined when it holds no Python. */
export function snippetOf(fence: Fence): Snippet | undefined {
	const match = PYTHON.exec(fence.tag);
	if (!match) return undefined;
	const [, plain, bad, rule, requires = ""] = match;
	const modules = new Set([
		...requires.split(",").filter((name) => name !== ""),
		...importedModules(fence.code),
	]);
	return {
		...fence,
		kind: (plain ?? bad ?? "complete") as Snippet["kind"],
		...(rule ? { rule } : {}),
		requires: [...modules].sort(),
	};
}

export const isKnownTag = (tag: string): boolean =>
	PYTHON.test(tag) || OTHERS.has(tag);

/** Whether it is to run as it stands. */
export const isProgram = ({ kind }: Pick<Snippet, "kind">): boolean =>
	kind === "complete" || kind === "good";
