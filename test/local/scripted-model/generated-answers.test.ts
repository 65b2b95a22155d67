import {
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type Anthropic from "@anthropic-ai/sdk";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { samplePattern } from "../../../src/local/scripted-model/generated/pattern-sample.ts";
import { placesIn } from "../../../src/local/scripted-model/generated/places.ts";
import {
	fillSchema,
	type Schema,
} from "../../../src/local/scripted-model/generated/schema-value.ts";
import { generatedAnswers } from "../../../src/local/scripted-model/generated-answers.ts";
import {
	SUBMISSIONS,
	type SubmissionKind,
} from "../../../src/reports/submissions.ts";
import { ask, follow, start } from "./support.ts";

const KINDS = Object.keys(SUBMISSIONS) as SubmissionKind[];
const FILES: Record<string, string> = {
	"churn/baseline.py":
		"import csv\n\n\ndef predict(row):\n    return 0.5\n\n\ndef main():\n    return 0.5\n",
	"churn/features.py": "import statistics\n\nREGIONS = {}\n",
	"data/customers.csv": "id,churned\n1,0\n2,1\n",
	"README.md": "# Churn\n",
};

let root: string;
beforeAll(() => {
	root = mkdtempSync(join(tmpdir(), "generated-"));
	for (const [path, content] of Object.entries(FILES)) {
		mkdirSync(join(root, dirname(path)), { recursive: true });
		writeFileSync(join(root, path), content);
	}
});
afterAll(() => rmSync(root, { recursive: true }));

const jsonTool = (name: string, schema: z.ZodType) => ({
	name,
	input_schema: z.toJSONSchema(schema, {
		io: "input",
	}) as Anthropic.Tool.InputSchema,
});
const TOOLS: Anthropic.Tool[] = [
	jsonTool("glob", z.strictObject({ pattern: z.string().min(1) })),
	jsonTool(
		"grep",
		z.strictObject({ pattern: z.string(), limit: z.int().min(1).max(50) }),
	),
	jsonTool(
		"view",
		z.strictObject({ path: z.string(), start_line: z.int().min(1).optional() }),
	),
	...KINDS.map((kind) => jsonTool(`submit_${kind}`, SUBMISSIONS[kind].schema)),
];

/** Tools as any product might have them, on the files above. */
function run(name: string, input: { path?: string }): string {
	if (name === "glob") return `4 files\n${Object.keys(FILES).join("\n")}`;
	if (name === "grep") return "churn/baseline.py:1: import csv";
	if (name !== "view") return "";
	return readFileSync(join(root, input.path ?? ""), "utf8")
		.trimEnd()
		.split("\n")
		.map((line, i) => `${i + 1}\t${line}`)
		.join("\n");
}

/** A conversation until something is handed in; `refuse` is the answer to it. */
async function handIn(kind: SubmissionKind, refusals = 0) {
	const { client } = await start({ rules: generatedAnswers() });
	let request = ask(
		`# Assignment: ml-architect · pragmatic · phase 4\nEnd with submit_${kind}.`,
		{ tools: TOOLS },
	);
	const names: string[] = [];
	const submitted: unknown[] = [];
	for (let turn = 0; turn < 8; turn++) {
		const answer = await client.messages.stream(request).finalMessage();
		const calls = answer.content.filter((block) => block.type === "tool_use");
		names.push(...calls.map((use) => use.name));
		for (const use of calls)
			if (use.name.startsWith("submit_")) submitted.push(use.input);
		if (submitted.length > refusals) break;
		request = follow(request, answer, (use) =>
			run(use.name, use.input as object),
		);
		const last = request.messages.at(-1)?.content;
		if (submitted.length > 0 && Array.isArray(last))
			Object.assign(last[0] as object, { is_error: true });
	}
	return { names, submitted };
}

describe("every submission can be filled from its JSON Schema alone", () => {
	test.each(KINDS)("%s", async (kind) => {
		const { names, submitted } = await handIn(kind, 1);
		expect(names.slice(0, 2)).toEqual(["glob", "grep"]);
		expect(names.filter((name) => name === "view").length).toBe(4);
		expect(new Set(names.slice(-2))).toEqual(new Set([`submit_${kind}`]));
		for (const value of submitted) SUBMISSIONS[kind].schema.parse(value);
		expect(submitted[0]).not.toEqual(submitted[1]);
	});
});

test("paths, lines and quotes are true of the repository", async () => {
	const review = SUBMISSIONS.review.schema.parse(
		(await handIn("review")).submitted[0],
	);
	const [finding] = review.findings;
	const lines = FILES[finding?.path ?? ""]?.split("\n") ?? [];
	expect(lines).toContain(finding?.quote);
	expect(lines.join("\n").split(finding?.quote ?? "")).toHaveLength(2);

	const risks = SUBMISSIONS.risks.schema.parse(
		(await handIn("risks")).submitted[0],
	);
	const [risk] = risks.risks;
	expect(
		FILES[risk?.path ?? ""]?.split("\n")[(risk?.line ?? 0) - 1],
	).toBeTruthy();

	const plan = SUBMISSIONS.evaluation_plan.schema.parse(
		(await handIn("evaluation_plan")).submitted[0],
	);
	expect(plan.contract.data).toBe("data/customers.csv");
	expect(new Set(plan.contract.seeds).size).toBe(3);
});

test("new files are new, old ones unharmed, and the asked approach is designed", async () => {
	const change = SUBMISSIONS.change.schema.parse(
		(await handIn("change")).submitted[0],
	);
	for (const { path } of change.files)
		expect(Object.keys(FILES)).not.toContain(path);
	expect(change.replacements).toEqual([]);
	const design = SUBMISSIONS.design.schema.parse(
		(await handIn("design")).submitted[0],
	);
	expect(design.approach).toBe("pragmatic");
});

test.each([
	["tabs", "1\timport csv\n2\t\n3\tdef fit(rows):\n250 more lines"],
	["colons", "   1: import csv\n   2: \n   3: def fit(rows):"],
	["bars", "1 | import csv\n2 |\n3 | def fit(rows):"],
	["nothing", "import csv\n\ndef fit(rows):"],
])(
	"lines are read from a view that sets numbers off with %s",
	(_name, text) => {
		const view = {
			turn: 1,
			name: "view",
			input: { path: "a.py" },
			text,
			isError: false,
		};
		const { places } = placesIn([view]);
		expect(places.slice(0, 2)).toEqual([
			{ path: "a.py", line: 1, quote: "import csv" },
			{ path: "a.py", line: 3, quote: "def fit(rows):" },
		]);
	},
);

const ajv = new Ajv2020({ strict: false });
ajvFormats.default(ajv);
const SCHEMAS: [string, z.ZodType][] = [
	[
		"unions and literals",
		z.discriminatedUnion("k", [
			z.strictObject({ k: z.literal("a") }),
			z.strictObject({ k: z.literal("b") }),
		]),
	],
	[
		"nullable and optional",
		z.strictObject({ a: z.int().nullable(), b: z.string().optional() }),
	],
	["tuples", z.tuple([z.string().min(20), z.number().max(-3), z.boolean()])],
	["bounds", z.array(z.number().gt(0.1).lt(0.2)).min(2)],
	["multiples", z.number().multipleOf(0.25).min(0.3).max(900)],
	[
		"short and long texts",
		z.strictObject({ a: z.string().max(4), b: z.string().min(400).max(401) }),
	],
	[
		"formats",
		z.strictObject({
			a: z.iso.date(),
			b: z.iso.datetime(),
			c: z.email(),
			d: z.uuid(),
			e: z.url(),
		}),
	],
	["shared parts", z.array(z.string().regex(/^[A-Z]{2}-\d{4}$/)).length(3)],
];
test.each(SCHEMAS)("%s are satisfied", (_name, type) => {
	const schema = z.toJSONSchema(type);
	const value = fillSchema(schema as Schema, {
		paths: [],
		places: [],
		topic: "any",
		attempt: 0,
	});
	expect(type.safeParse(value).error).toBeUndefined();
	expect(ajv.validate(schema, value), ajv.errorsText()).toBe(true);
});

test.each([
	/^R[0-9]{1,3}$/,
	/^(?!\.)(?!.*\/\.)(?!.*\/\/)[A-Za-z0-9_][A-Za-z0-9_./-]*[A-Za-z0-9_-]$/,
	/^(feature|fix)\/[a-z]+(-[a-z]+)*$/,
	/^[^\s/]+@\w{3,}\.(?:com|org)$/,
	/^\d{4}-\d{2}$/,
])("the pattern %s is matched, differently for different seeds", (pattern) => {
	const samples = [0, 1, 2, 3, 4].map((seed) =>
		samplePattern(pattern.source, seed, { maxLength: 200 }),
	);
	for (const sample of samples) expect(sample).toMatch(pattern);
	expect(new Set(samples).size).toBeGreaterThan(1);
});

test("an assignment that names no submit tool among many is a clear failure", async () => {
	const { client } = await start({ rules: generatedAnswers() });
	const tools = TOOLS.filter((tool) => tool.name.startsWith("submit_"));
	await expect(
		client.messages.stream(ask("Do something.", { tools })).finalMessage(),
	).rejects.toThrow(`names no submit tool, and ${KINDS.length} are offered`);
});
