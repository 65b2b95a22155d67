// What is wrong with a configuration, in words that name line, key and remedy.
import type { z } from "zod";
import type { Lines, Path } from "./config-lines.ts";
import { expectationOf, keysOf, shapeAt } from "./config-schema.ts";

type Issue = z.core.$ZodIssue;

export const explain = (
	issues: readonly Issue[],
	value: unknown,
	lines: Lines,
): string[] => issues.flatMap((issue) => inWords(issue, [], value, lines));

function inWords(
	issue: Issue,
	above: Path,
	value: unknown,
	lines: Lines,
): string[] {
	const path = [...above, ...issue.path];
	const found = at(value, path);
	if (issue.code === "unrecognized_keys")
		return issue.keys.map((key) =>
			place([...path, key], lines, unknownKey(key, path)),
		);
	if (issue.code === "invalid_union" && isMap(found)) {
		// The branch that takes maps is the one that was meant.
		const meant = issue.errors.find((branch) =>
			branch.some(
				(one) => one.path.length > 0 || one.code === "unrecognized_keys",
			),
		);
		return (meant ?? []).flatMap((one) => inWords(one, path, value, lines));
	}
	const expected =
		issue.code === "custom"
			? issue.message
			: `expected ${expectationOf(shapeAt(path))}`;
	return [place(path, lines, `${expected}, got ${show(found)}`)];
}

const place = (path: Path, lines: Lines, what: string) =>
	path.length === 0
		? `line 1: ${what}`
		: `line ${lines.lineOf(path)}, \`${path.map(String).join(".").replaceAll("`", "'")}\`: ${what}`;

function unknownKey(key: string, path: Path): string {
	const known = keysOf(shapeAt(path));
	const [near] = known
		.map((name) => ({ name, off: distance(key.toLowerCase(), name) }))
		.filter(({ name, off }) => off <= Math.max(1, Math.floor(name.length / 3)))
		.sort((a, b) => a.off - b.off);
	return near
		? `unknown key; did you mean \`${near.name}\`?`
		: `unknown key; expected one of ${known.map((name) => `\`${name}\``).join(", ")}`;
}

/** Letters to add, take or change to make one word of the other. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, at) => at);
	for (const [i, letter] of [...a].entries()) {
		const next = [i + 1];
		for (let j = 1; j <= b.length; j++)
			next.push(
				Math.min(
					(row[j] ?? 0) + 1,
					(next[j - 1] ?? 0) + 1,
					(row[j - 1] ?? 0) + Number(letter !== b[j - 1]),
				),
			);
		row = next;
	}
	return row[b.length] ?? 0;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

function at(value: unknown, path: Path): unknown {
	let found = value;
	for (const key of path)
		found =
			typeof found === "object" && found !== null
				? Reflect.get(found, key)
				: undefined;
	return found;
}

/** One short line, whatever it was. */
function show(value: unknown): string {
	if (value === undefined || value === null) return "nothing";
	if (Array.isArray(value)) return "a list";
	if (typeof value === "object") return "a map";
	return JSON.stringify(value).slice(0, 60).replaceAll("`", "'");
}
