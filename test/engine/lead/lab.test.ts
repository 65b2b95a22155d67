// What the repository's configuration changes about running its code.
import { expect, it } from "vitest";
import { type LabParts, makeLab } from "../../../src/engine/lead/lab.ts";
import { type Config, DEFAULT_CONFIG } from "../../../src/run/config.ts";
import { TreeTooLarge } from "../../../src/workspace/listed-tree.ts";
import type { Job, Runner } from "../../../src/workspace/runners/runner.ts";
import { churnTable, contract } from "../../ml/support/churn.ts";
import { plainJournal } from "../../support/journals.ts";
import { memoryTree } from "../../support/memory-tree.ts";

const TREE = memoryTree({
	"churn/model.py": "x = 1\n",
	"tests/test_model.py": "import unittest\n",
	"checks.py": "print('fine')\n",
	"data/churn.csv": churnTable(),
	"data/copy.csv": churnTable(),
	"tests/fixture.npz": "numbers",
});

function lab(config: Partial<Config>, more: Partial<LabParts> = {}) {
	const jobs: Job[] = [];
	const runner: Runner = {
		name: "wasm",
		selfTest: async () => ({ ok: true }),
		async run(job) {
			jobs.push(job);
			const files = new Map<string, Uint8Array>();
			return { status: "ok", reason: "", commands: [], files, seconds: 0 };
		},
	};
	return {
		jobs,
		...makeLab({
			tree: async () => TREE,
			runnerFor: () => runner,
			journal: plainJournal,
			config: { ...DEFAULT_CONFIG, ...config },
			labelsFor: async () => undefined,
			...more,
		}),
	};
}

const change = (path: string) => ({
	title: "A change",
	why: "because",
	what: ["one thing"],
	files: [{ path, content: "x = 2\n" }],
	replacements: [],
});

it("tests run by the configured command, with the change laid over", async () => {
	const { jobs, runTests } = lab({
		commands: { tests: "python checks.py --all" },
	});
	await runTests(change("churn/model.py"));
	expect(jobs[0]?.commands).toEqual([["checks.py", "--all"]]);
	const model = jobs[0]?.files.get("churn/model.py");
	expect(Buffer.from(model ?? []).toString()).toBe("x = 2\n");
});

it("tests run without the files that a change deletes", async () => {
	const { jobs, runTests } = lab({});
	const deletions = ["churn/model.py"];
	await runTests({ ...change("other.py"), deletions });
	expect([...(jobs[0]?.files.keys() ?? [])]).toContain("other.py");
	expect([...(jobs[0]?.files.keys() ?? [])]).not.toContain("churn/model.py");
});

it("tests of a repository no runner can be given are not run, which is no failure", async () => {
	const files = async () => {
		throw new TreeTooLarge("It has too many files.");
	};
	const { jobs, runTests } = lab(
		{},
		{ tree: async () => ({ ...TREE, files }) },
	);
	expect(await runTests(change("other.py"))).toMatchObject({
		...{ status: "not run", failed: 0 },
		output: "It has too many files.",
	});
	expect(jobs).toEqual([]);
});

it("without one they are found by their names", async () => {
	const { jobs, runTests } = lab({});
	await runTests();
	expect(jobs[0]?.commands[0]).toContain("discover");
});

it("a change that writes where it must not comes no further than here", async () => {
	const paths = { ...DEFAULT_CONFIG.paths, write_deny: ["churn/**"] };
	const { jobs, runTests, filesOf } = lab({ paths });
	const refused = { failure: { kind: "invalid submission" } };
	await expect(runTests(change("churn/model.py"))).rejects.toMatchObject(
		refused,
	);
	await expect(filesOf(change("churn/model.py"))).rejects.toMatchObject(
		refused,
	);
	expect(jobs).toEqual([]);
	expect(await filesOf(change("other.py"))).toHaveLength(1);
});

it("once a contract stands, tests see no held-out row", async () => {
	const { jobs, runTests } = lab({}, { contract });
	await runTests(change("churn/model.py"));
	const { files } = jobs[0] as Job;
	const table = Buffer.from(files.get("data/churn.csv") ?? []).toString();
	expect(table.trim().split("\n")).toHaveLength(1 + 450);
	expect(churnTable()).toContain(table.split("\n")[1]);
	expect([...files.keys()].sort()).toEqual([
		"checks.py",
		"churn/model.py",
		"data/churn.csv",
		"tests/fixture.npz",
		"tests/test_model.py",
	]);
});
