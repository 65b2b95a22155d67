import { expect, test } from "vitest";
import { verifyAgainstTree } from "../../src/agents/calls/verify.ts";
import type { SubmissionKind } from "../../src/reports/submissions.ts";
import { memoryTree } from "../support/memory-tree.ts";

const FILES = {
	"churn/features.py": "a = 1\nb = 2\nb = 2\n",
	"churn/loader.py": "def load():\n\tpass\n",
	"data/customers.csv": "id,churned\n1,0\n",
	"README.md": "# Churn\n",
};

const verify = (kind: SubmissionKind, submission: unknown) =>
	verifyAgainstTree(kind, submission, memoryTree(FILES));

const exploration = (place: object) => ({
	summary: "found",
	findings: [{ topic: "data source", text: "a fact", evidence: place }],
	key_files: [],
	unknowns: [],
});

const change = (more: object) => ({
	title: "A change",
	why: "because",
	what: ["one thing"],
	files: [{ path: "tests/test_model.py", content: "x" }],
	replacements: [],
	...more,
});

test("a path that does not exist is answered with the nearest ones", async () => {
	const place = { path: "src/features.py", line: 1 };
	const faults = await verify("exploration", exploration(place));
	expect(faults).toHaveLength(1);
	expect(faults[0]).toMatch(
		/^findings\[0\]\.evidence\.path: .* nearest: churn\/features\.py/,
	);
});

test("places deep inside a submission are checked too", async () => {
	const plan = { contract: { data: "data/customer.csv" } };
	const [fault] = await verify("evaluation_plan", plan);
	expect(fault).toMatch(/^contract\.data: .*data\/customers\.csv/);
});

test("a line beyond the end of the file becomes its last line", async () => {
	const submission = exploration({ path: "churn/features.py", line: 99 });
	expect(await verify("exploration", submission)).toEqual([]);
	expect(submission.findings[0]?.evidence).toEqual({
		path: "churn/features.py",
		line: 3,
	});
});

test("a range whose end stands before its start is turned round", async () => {
	const file = {
		path: "churn/features.py",
		why: "the features",
		start_line: 70,
		end_line: 2,
	};
	const submission = { ...exploration({}), findings: [], key_files: [file] };
	expect(await verify("exploration", submission)).toEqual([]);
	expect(file).toMatchObject({ start_line: 2, end_line: 3 });
});

test.each([
	["a = 1", []],
	["b = 3", [/does not occur/]],
	["b = 2", [/occurs 2 times/]],
])(
	"the quote %j of a replacement must occur exactly once",
	async (quote, expected) => {
		const replacements = [
			{ path: "churn/features.py", quote, replacement: "c = 3" },
		];
		const faults = await verify("change", change({ replacements }));
		expect(faults).toHaveLength(expected.length);
		for (const [i, pattern] of expected.entries())
			expect(faults[i]).toMatch(pattern);
	},
);

test.each([
	[0, 1],
	[-7, 1],
	[3, 3],
])("line %i becomes line %i of the file", async (line, expected) => {
	const submission = exploration({ path: "churn/features.py", line });
	expect(await verify("exploration", submission)).toEqual([]);
	expect(submission.findings[0]?.evidence).toMatchObject({ line: expected });
});

test("a deletion of what is left to people is left out, one of nothing is a fault", async () => {
	const submission = change({ deletions: [".gitignore", "README.md"] });
	expect(await verify("change", submission)).toEqual([]);
	expect(submission).toMatchObject({ deletions: ["README.md"] });
	const gone = await verify("change", change({ deletions: ["READ.md"] }));
	expect(gone).toEqual([expect.stringMatching(/^deletions\[0\]: .*nearest/)]);
});

test("a deletion in another spelling is kept, and one of no path refused", async () => {
	const spelt = change({ deletions: ["./README.md", "./.gitignore"] });
	expect(await verify("change", spelt)).toEqual([]);
	expect(spelt).toMatchObject({ deletions: ["README.md"] });
	for (const path of ["/etc/passwd", "../README.md", ""])
		expect(await verify("change", change({ deletions: [path] }))).toHaveLength(
			1,
		);
});

test("a path in another spelling is set right", async () => {
	const submission = exploration({ path: "./churn//loader.py", line: 1 });
	expect(await verify("exploration", submission)).toEqual([]);
	expect(submission.findings[0]?.evidence).toMatchObject({
		path: "churn/loader.py",
	});
});

test("a folder is no evidence", async () => {
	const submission = exploration({ path: "churn", line: 1 });
	const [fault] = await verify("exploration", submission);
	expect(fault).toContain("is a folder");
});

test("a reviewer's quote is left to the code that places it in the diff", async () => {
	const findings = [{ path: "churn/features.py", quote: "not there" }];
	expect(await verify("review", { summary: "fine", findings })).toEqual([]);
});

test.each([".github/workflows/ci.yml", "a/.git/config", "AGENTS.md", "/etc/x"])(
	"a change may not write %s",
	async (path) => {
		const files = [{ path, content: "x" }];
		const [fault] = await verify("change", change({ files }));
		expect(fault).toMatch(/^files\[0\]\.path: /);
	},
);

test("a change that names only what is there and allowed has no faults", async () => {
	const replacements = [
		{ path: "churn/loader.py", quote: "\tpass\n", replacement: "" },
	];
	expect(await verify("change", change({ replacements }))).toEqual([]);
});
