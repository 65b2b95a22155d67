// The tools' JSON Schemas must say all they demand: a model, or anybody's
// generator, can answer them without reading our code.
import { expect, test } from "vitest";
import { verifyAgainstTree } from "../../src/agents/calls/verify.ts";
import { TOOLS } from "../../src/agents/tools/index.ts";
import { SUBMIT_TOOLS, schemaOf } from "../../src/agents/tools/submit.ts";
import {
	SUBMISSIONS,
	type SubmissionKind,
} from "../../src/reports/submissions.ts";
import { memoryTree } from "../support/memory-tree.ts";
import { minimalValue, type Schema } from "../support/minimal-value.ts";

const FILES = { "churn/model.py": "fit()\n" };
const strings = (format: string | undefined) =>
	({ "repository-path": "churn/model.py", quote: "fit()" })[format ?? ""];

const KINDS = Object.keys(SUBMISSIONS) as SubmissionKind[];

const schemaFor = (kind: SubmissionKind) =>
	SUBMIT_TOOLS.find(({ name }) => name === `submit_${kind}`)
		?.input_schema as Schema;

test.each(KINDS)(
	"a value made from submit_%s alone is accepted",
	async (kind) => {
		const value = minimalValue(schemaFor(kind), strings);
		const parsed = schemaOf(kind).safeParse(value);
		expect(parsed.error?.issues ?? []).toEqual([]);
		const tree = memoryTree(FILES);
		expect(await verifyAgainstTree(kind, parsed.data, tree)).toEqual([]);
	},
);

test.each(KINDS)(
	"submit_%s is whole, and says each object's fields",
	(kind) => {
		const schema = schemaFor(kind);
		expect(JSON.stringify(schema)).not.toContain("$ref");
		for (const { at, part } of partsOf(schema)) {
			if (part.type === "object")
				expect(part.required?.length, at).toBeGreaterThan(0);
			for (const name of part.required ?? [])
				expect(part.properties?.[name], at).toBeDefined();
		}
	},
);

test.each(KINDS)(
	"what a submit_%s says too long or beside the point is cut, not refused",
	async (kind) => {
		const schema = schemaFor(kind);
		const value = minimalValue(schema, strings) as Record<string, unknown>;
		const longWinded = { ...value, aside: "x" };
		for (const [name, part] of Object.entries(schema.properties ?? {}))
			if (part.type === "string" && !part.enum && !part.maxLength)
				longWinded[name as "aside"] = "word ".repeat(2_000);
		const parsed = schemaOf(kind).parse(longWinded) as typeof value;
		expect(parsed).not.toHaveProperty("aside");
		expect(JSON.stringify(parsed).length).toBeLessThan(30_000);
	},
);

test("all tools together cost little, because every request carries them", () => {
	expect(JSON.stringify(TOOLS).length).toBeLessThan(22_500);
});

test("paths, lines and quotes are marked as such", () => {
	const formats = new Set(
		KINDS.flatMap((kind) =>
			partsOf(schemaFor(kind)).flatMap(({ part }) => part.format ?? []),
		),
	);
	expect([...formats].sort()).toEqual([
		"line-number",
		"new-repository-path",
		"quote",
		"repository-path",
	]);
});

function partsOf(part: Schema, at = "#"): { at: string; part: Schema }[] {
	return [
		{ at, part },
		...Object.entries(part.properties ?? {}).flatMap(([name, inner]) =>
			partsOf(inner, `${at}/${name}`),
		),
		...(part.items ? partsOf(part.items, `${at}[]`) : []),
	];
}

test("what only people ask for in a contract is accepted, and costs no agent a token", () => {
	const kind = "evaluation_plan";
	const offered = JSON.stringify(schemaFor(kind));
	for (const name of ["embargo", "Diebold-Mariano", "byHand"])
		expect(offered).not.toContain(name);
	const plan = minimalValue(schemaFor(kind), strings) as {
		contract: Record<string, unknown>;
	};
	const contract = { ...plan.contract, test: "McNemar" };
	expect(schemaOf(kind).parse({ ...plan, contract })).toMatchObject({
		contract: { test: "McNemar" },
	});
});
