// What a repository's configuration changes about a conversation, over real HTTP.
import { afterEach, expect, test } from "vitest";
import { converse } from "../../src/agents/agent.ts";
import type { Assignment } from "../../src/agents/assignment.ts";
import { verifyAgainstTree } from "../../src/agents/calls/verify.ts";
import { call } from "../../src/local/scripted-model/server/reply.ts";
import { script } from "../../src/local/scripted-model/server/script.ts";
import type { Config } from "../../src/run/config.ts";
import { parseConfig } from "../../src/run/parse-config.ts";
import { visibleTree } from "../../src/workspace/hidden-tree.ts";
import {
	EXPLORATION,
	EXPLORE,
	openStage,
	type Stage,
} from "../support/agent-stage.ts";
import { memoryTree } from "../support/memory-tree.ts";
import { begun } from "../support/runs.ts";

let stage: Stage | undefined;
afterEach(async () => {
	await stage?.close();
	stage = undefined;
});

function configured(text: string): Config {
	const parsed = parseConfig({ own: text });
	if (!parsed.ok) throw new Error(parsed.faults.join("; "));
	return parsed.config;
}

async function modelAskedWith(text: string): Promise<unknown> {
	const turns = [[call("submit_exploration", EXPLORATION)]];
	stage = await openStage([script("explorer", {}, turns)]);
	const { run } = begun(configured(text));
	const outcome = await converse(EXPLORE as Assignment, stage.world({ run }));
	expect(outcome.ok).toBe(true);
	return JSON.parse(stage.sent.bodies[0] ?? "{}").model;
}

test.each([
	["", "claude-opus-5-5"],
	["models: { ml-explorer: sonnet }", "claude-sonnet-5-5"],
	["models: { ml-explorer: claude-haiku-5-5 }", "claude-haiku-5-5"],
	["models: { default: sonnet }", "claude-sonnet-5-5"],
	["models: { default: sonnet, ml-explorer: opus }", "claude-opus-5-5"],
	["models: { ml-writer: sonnet }", "claude-opus-5-5"],
])("with %j the request carries the model %s", async (text, model) => {
	expect(await modelAskedWith(text)).toBe(model);
});

test("hidden files are not even named in the prompt", async () => {
	const turns = [
		[call("view", { path: "churn/features.py" })],
		[call("submit_exploration", EXPLORATION)],
	];
	stage = await openStage([script("explorer", {}, turns)]);
	const config = configured("paths: { read_deny: [churn/features.py] }");
	const tree = visibleTree(stage.tree, config.paths);
	await converse(EXPLORE, stage.world({ run: begun(config).run, tree }));
	const [first = "", second = ""] = stage.sent.bodies;
	expect(first).toContain("churn/loader.py");
	expect(first).not.toContain("churn/features.py");
	expect(second).toContain("E_FORBIDDEN");
	expect(second).not.toContain("return rows");
});

test.each([
	["paths: { write_deny: [churn/**] }", /paths\.write_deny/],
	["paths: { write_allow: [model/**] }", /outside model\/\*\*/],
	["paths: { read_deny: ['*_test.py', churn/] }", /paths\.read_deny/],
	["paths: { write_allow: [churn/**] }", undefined],
])("a writer is told what %j leaves to people", async (text, fault) => {
	const change = {
		title: "A change",
		why: "because",
		what: ["one thing"],
		files: [{ path: "churn/model.py", content: "x = 1\n" }],
		replacements: [],
	};
	const faults = await verifyAgainstTree(
		"change",
		change,
		memoryTree({ "README.md": "# Churn\n" }),
		configured(text).paths,
	);
	if (fault) expect(faults.join()).toMatch(fault);
	else expect(faults).toEqual([]);
});
