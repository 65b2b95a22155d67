// What a schema cannot know about a submission: whether the places it names
// exist in the repository. Walks by the formats of the JSON Schema, so that a
// new kind of submission is checked without a line here.
import type { Change } from "../../reports/change.ts";
import type { SubmissionKind } from "../../reports/submissions.ts";
import { DEFAULT_CONFIG } from "../../run/config.ts";
import {
	type PathRules,
	writeFault,
	writtenPaths,
} from "../../run/path-rules.ts";
import { pathFault } from "../../run/policy.ts";
import { applyChange } from "../../workspace/change-set.ts";
import { locate } from "../../workspace/reading/reading.ts";
import type { Tree } from "../../workspace/tree.ts";
import { SUBMIT_TOOLS, submitTool } from "../tools/submit.ts";

/** The part of JSON Schema that submissions are made of. */
interface Shape {
	readonly format?: string;
	readonly properties?: Readonly<Record<string, Shape>>;
	readonly items?: Shape;
}

const shapeOf = (kind: SubmissionKind): Shape =>
	SUBMIT_TOOLS.find(({ name }) => name === submitTool(kind))
		?.input_schema as Shape;

type Fields = Record<string, unknown>;

/**
 * The faults, in words the model can act on. What is named well enough is set
 * right in place rather than refused: a spelling of a path, a line beyond the
 * end. Quotes of a review are judged later, where the diff is known.
 */
export async function verifyAgainstTree(
	kind: SubmissionKind,
	submission: unknown,
	tree: Tree,
	rules: PathRules = DEFAULT_CONFIG.paths,
): Promise<string[]> {
	const faults: string[] = [];
	if (kind === "change") keepProtected(submission as Change);
	await walk(shapeOf(kind), submission, "", tree, faults);
	if (kind !== "change" || faults.length > 0) return faults;
	const change = submission as Change;
	const applied = await applyChange((path) => tree.text(path), change);
	const denied = writtenPaths(change).flatMap(
		(path) => writeFault(path, rules) ?? [],
	);
	return [...(applied.ok ? [] : applied.faults), ...denied];
}

/** Whoever deletes what is left to people has it left out; what is no path is refused later. */
function keepProtected(change: Change): void {
	change.deletions &&= change.deletions
		.map((path) => path.replace(/^(?:\.\/+)+/, "").replace(/\/{2,}/g, "/"))
		.filter((path) => NO_PATH.test(path) || !pathFault(path));
}

const NO_PATH = /^$|^\/|^[A-Za-z]:|[\p{Cc}\\]|(?:^|\/)\.{0,2}(?:\/|$)/u;

async function walk(
	shape: Shape,
	value: unknown,
	at: string,
	tree: Tree,
	faults: string[],
): Promise<void> {
	if (Array.isArray(value) && shape.items)
		for (const [i, item] of value.entries()) {
			const { format } = shape.items;
			const named = value as unknown as Fields;
			const fault = await checkField(format, named, String(i), tree);
			if (fault) faults.push(`${at}[${i}]: ${fault}`);
			await walk(shape.items, item, `${at}[${i}]`, tree, faults);
		}
	if (!shape.properties || typeof value !== "object" || value === null) return;
	const fields = value as Fields;
	for (const [name, inner] of Object.entries(shape.properties)) {
		const place = at ? `${at}.${name}` : name;
		const fault = await checkField(inner.format, fields, name, tree);
		if (fault) faults.push(`${place}: ${fault}`);
		await walk(inner, fields[name], place, tree, faults);
	}
	orderLines(fields);
}

async function checkField(
	format: string | undefined,
	fields: Fields,
	name: string,
	tree: Tree,
): Promise<string | undefined> {
	const value = fields[name];
	if (format === "new-repository-path") return pathFault(String(value));
	if (format === "repository-path") {
		const place = await locate(tree, String(value));
		if (!place.ok) return place.message;
		if (place.kind === "folder") return `"${value}" is a folder; name a file`;
		fields[name] = place.path;
	}
	if (format === "line-number" && typeof value === "number") {
		const text = await tree.text(String(fields.path));
		fields[name] = Math.min(Math.max(value, 1), lineCount(text ?? ""));
	}
	return undefined;
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
