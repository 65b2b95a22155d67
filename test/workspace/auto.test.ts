import { describe, expect, it } from "vitest";
import {
	autoRunner,
	runnerFor,
	runnerNamed,
	withActions,
} from "../../src/workspace/runners/auto.ts";
import {
	DEFAULT_LIMITS,
	type Runner,
	type SelfTest,
} from "../../src/workspace/runners/runner.ts";
import { importsOf } from "../../src/workspace/runners/suites.ts";

const tree = (files: Record<string, string>) =>
	new Map(
		Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]),
	);

const runner = (name: Runner["name"], test: SelfTest): Runner => ({
	name,
	selfTest: async () => test,
	run: async () => ({
		...{ status: "ok", reason: name, seconds: 0 },
		...{ commands: [], files: new Map() },
	}),
});
const having = (...modules: string[]): SelfTest => ({
	ok: true,
	modules: new Set(modules),
});

const wasm = runner("wasm", having("json", "csv"));
const box = runner("bubblewrap", having("json", "csv", "sklearn", "numpy"));
const broken = runner("bubblewrap", {
	ok: false,
	reason: "bwrap is not installed.",
});
const auto = autoRunner([wasm, box]);

const nameFor = async (source: string, of = auto) =>
	(await runnerFor(of, tree({ "train.py": source }))).name;

describe("the imports of a tree", () => {
	it("are top-level modules that it does not bring along", () => {
		const files = tree({
			"churn/model.py":
				"import numpy as np, json\nfrom sklearn.linear_model import Ridge\nfrom . import columns\nfrom .rows import read\nimport churn.rows\n",
			"churn/rows.py": "def f():\n    import pandas.io\n",
			"notes.txt": "import torch",
		});
		expect(importsOf(files)).toEqual(
			new Set(["numpy", "json", "sklearn", "pandas"]),
		);
	});
});

describe("the choice of a runner", () => {
	it("is the first that has all that is imported", async () => {
		expect(await nameFor("import json")).toBe("wasm");
		expect(await nameFor("import sklearn.svm")).toBe("bubblewrap");
	});

	it("is the one that lacks least, the first if they lack the same", async () => {
		expect(await nameFor("import sklearn, torch")).toBe("bubblewrap");
		expect(await nameFor("import torch")).toBe("wasm");
	});

	it("leaves out what does not work here, and says why where it is missed", async () => {
		const here = autoRunner([wasm, broken]);
		const chosen = await runnerFor(here, tree({ "a.py": "import sklearn" }));
		expect(chosen).toMatchObject({
			name: "wasm",
			others: "bubblewrap: bwrap is not installed.",
		});
		const happy = await runnerFor(here, tree({ "a.py": "import json" }));
		expect(happy.others).toBeUndefined();
	});

	it("runs nothing where none works, and says what each lacks", async () => {
		const none = autoRunner([broken]);
		const job = { files: tree({}), commands: [], collect: [] };
		const result = await none.run({ ...job, limits: DEFAULT_LIMITS });
		expect(result).toMatchObject({
			status: "unavailable",
			reason:
				"No runner works on this machine. bubblewrap: bwrap is not installed.",
		});
		expect(await none.selfTest()).toMatchObject({ ok: false });
	});
});

describe("the repository's own runners", () => {
	const actions = runner("actions", { ok: true });
	const all = withActions(auto, actions);

	it("are the last choice, for what no other has", async () => {
		expect(await nameFor("import json", all)).toBe("wasm");
		expect(await nameFor("import sklearn", all)).toBe("bubblewrap");
		expect(await nameFor("import torch", all)).toBe("actions");
	});

	it("are named with what they lack, where they would be needed", async () => {
		const none = runner("actions", { ok: false, reason: "No workflow." });
		const chosen = await runnerFor(
			withActions(auto, none),
			tree({ "a.py": "import torch" }),
		);
		expect(chosen).toMatchObject({
			name: "wasm",
			others: "actions: No workflow.",
		});
	});

	it("are used alone or not at all where the operator says so", () => {
		const only = runner("actions", { ok: false, reason: "" });
		expect(withActions(only, actions)).toBe(actions);
		expect(withActions(wasm, actions)).toBe(wasm);
		expect(runnerNamed(all, "actions")).toBe(actions);
	});
});

describe("a repository that asks for a runner", () => {
	it("gets it, where the server offers it", () => {
		expect(runnerNamed(auto, "bubblewrap")).toBe(box);
		expect(runnerNamed(auto, "auto")).toBe(auto);
		expect(runnerNamed(wasm, "wasm")).toBe(wasm);
	});

	it("gets none, and the reason, where it does not", async () => {
		const refused = runnerNamed(wasm, "bubblewrap");
		expect(refused.name).toBe("bubblewrap");
		expect(await refused.selfTest()).toEqual({
			ok: false,
			reason:
				"This repository asks for the bubblewrap runner, which this server does not offer; it offers wasm.",
		});
	});
});
