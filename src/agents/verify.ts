// What a schema cannot know about a submission: whether the places it names
// exist in the repository. Walks by the formats of the JSON Schema, so that a
// new kind of submission is checked without a line here.
import type { SubmissionKind } from "../reports/submissions.ts";
import { pathFault } from "../run/policy.ts";
import type { Tree } from "../workspace/tree.ts";
import { nearestPaths } from "./nearest-paths.ts";
import { schemaOf } from "./tools/submit.ts";
import { inputSchema } from "./tools/tool.ts";

/** The part of JSON Schema that submissions are made of. */
interface Shape {
	readonly format?: string;
	readonly properties?: Readonly<Record<string, Shape>>;
	readonly items?: Shape;
}

type Fields = Record<string, unknown>;

interface Check {
	readonly tree: Tree;
	readonly paths: readonly string[];
	/** Quotes of a review are placed, or dropped with a count, where the diff is known. */
	readonly quotes: boolean;
	readonly faults: string[];
}

/**
 * The faults, in words the model can act on. Lines beyond the end of a file are
 * set right in place rather than refused: the place is named well enough.
 */
export async function verifyAgainstTree(
	kind: SubmissionKind,
	submission: unknown,
	tree: Tree,
): Promise<string[]> {
	const faults: string[] = [];
	const check = {
		tree,
		paths: await tree.paths(),
		quotes: kind === "change",
		faults,
	};
	await walk(inputSchema(schemaOf(kind)) as Shape, submission, "", check);
	return faults;
}

async function walk(
	shape: Shape,
	value: unknown,
	at: string,
	check: Check,
): Promise<void> {
	if (Array.isArray(value) && shape.items)
		for (const [i, item] of value.entries())
			await walk(shape.items, item, `${at}[${i}]`, check);
	if (!shape.properties || typeof value !== "object" || value === null) return;
	const fields = value as Fields;
	for (const [name, inner] of Object.entries(shape.properties)) {
		const place = at ? `${at}.${name}` : name;
		const fault = await faultOf(inner.format, fields, name, check);
		if (fault) check.faults.push(`${place}: ${fault}`);
		await walk(inner, fields[name], place, check);
	}
	orderLines(fields);
}

async function faultOf(
	format: string | undefined,
	fields: Fields,
	name: string,
	check: Check,
): Promise<string | undefined> {
	const value = fields[name];
	if (format === "repository-path") return missing(String(value), check.paths);
	if (format === "new-repository-path") return pathFault(String(value));
	const path = fields.path;
	if (typeof path !== "string" || !check.paths.includes(path)) return;
	if (format === "line-number" && typeof value === "number") {
		const text = await check.tree.text(path);
		fields[name] = Math.min(value, lineCount(text ?? ""));
	}
	if (format === "quote" && check.quotes)
		return uniqueFault(String(value), (await check.tree.text(path)) ?? "");
	return undefined;
}

function missing(path: string, paths: readonly string[]): string | undefined {
	if (paths.includes(path)) return undefined;
	const near = nearestPaths(paths, path);
	return `"${path}" does not exist in the repository${near.length ? `; did you mean ${near.join(" or ")}?` : "; find the path with glob"}`;
}

function uniqueFault(quote: string, text: string): string | undefined {
	const count = text.split(quote).length - 1;
	if (count === 1) return undefined;
	return count === 0
		? "this text does not occur in the file; copy it verbatim from view, without line numbers"
		: `this text occurs ${count} times in the file; quote more lines so that it occurs once`;
}

/** A last line before the first one is a slip, not a reason to refuse. */
function orderLines(fields: Fields): void {
	const { start_line: start, end_line: end } = fields;
	if (typeof start !== "number" || typeof end !== "number" || start <= end)
		return;
	fields.start_line = end;
	fields.end_line = start;
}

const lineCount = (text: string) =>
	Math.max(1, text.replace(/\n$/, "").split("\n").length);
