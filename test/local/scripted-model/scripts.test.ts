import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
	readJournal,
	totalsOf,
} from "../../../src/local/scripted-model/server/journal.ts";
import { call, text } from "../../../src/local/scripted-model/server/reply.ts";
import type { ModelRequest } from "../../../src/local/scripted-model/server/request.ts";
import type { Rule } from "../../../src/local/scripted-model/server/rules.ts";
import { script } from "../../../src/local/scripted-model/server/script.ts";
import { ask, failure, follow, start, textIn, tool } from "./support.ts";

const folder = mkdtempSync(join(tmpdir(), "scripted-"));
afterAll(() => rmSync(folder, { recursive: true }));

const BRIEF =
	"# Assignment: ml-architect · pragmatic · phase 4\nDesign something.";

/** Goes on answering calls until the model makes none; the last text. */
async function converse(rules: Rule[], results: Record<string, string>) {
	const { client, server } = await start({ rules });
	let request = ask([
		{ type: "text", text: "Earlier reports." },
		{ type: "text", text: BRIEF },
	]);
	for (;;) {
		const answer = await client.messages.stream(request).finalMessage();
		if (answer.stop_reason !== "tool_use")
			return { said: textIn(answer), server };
		request = follow(request, answer, (use) => results[use.name] ?? "");
	}
}

const files = { glob: "train.py\nchurn/features.py", view: "import csv" };

test("a script's turns see what the tools found", async () => {
	const { said, server } = await converse(
		[
			script("architect", { role: "ml-architect", phase: 4 }, [
				[call("glob", { pattern: "**/*.py" })],
				({ lastCalls }) =>
					(lastCalls[0]?.text ?? "")
						.split("\n")
						.map((path) => call("view", { path })),
				({ calls }) =>
					calls
						.map(
							(c) => `${c.turn} ${c.name} ${c.input.path ?? "-"} ${c.isError}`,
						)
						.join("; "),
			]),
		],
		files,
	);
	expect(said).toBe(
		"1 glob - false; 2 view train.py false; 2 view churn/features.py false",
	);
	expect(server.journal.map((entry) => entry.turn)).toEqual([1, 2, 3]);
	expect(server.journal[0]).toMatchObject({
		agent: "ml-architect/pragmatic",
		phase: 4,
	});
});

test("a program yields its answers and is given their results", async () => {
	const { said } = await converse(
		[
			script("program", { assignment: "pragmatic" }, function* () {
				const found = yield [call("glob", {})];
				const paths = found[0]?.text.split("\n") ?? [];
				const seen = yield paths.map((path) => call("view", { path }));
				return `${paths.length} files, ${seen.length} read: ${seen[1]?.text}`;
			}),
		],
		files,
	);
	expect(said).toBe("2 files, 2 read: import csv");
});

test("the last turn repeats", async () => {
	const { client } = await start({
		rules: [script("short", {}, ["one", "two"])],
	});
	let request = ask();
	const said: string[] = [];
	for (let i = 0; i < 3; i++) {
		const answer = await client.messages.stream(request).finalMessage();
		said.push(textIn(answer));
		request = follow(request, answer);
	}
	expect(said).toEqual(["one", "two", "two"]);
});

test("rules match on every side of a request, first come first served", async () => {
	const reply = "no";
	const { client, server } = await start({
		rules: [
			{ name: "wrong agent", when: { agent: "ml-writer/x" }, reply },
			{ name: "wrong role", when: { role: /^ml-writer/ }, reply },
			{ name: "wrong phase", when: { phase: [1, 3] }, reply },
			{ name: "wrong turn", when: { turn: 2 }, reply },
			{ name: "wrong model", when: { model: "claude-haiku-5-5" }, reply },
			{ name: "wrong system", when: { system: "Rules B" }, reply },
			{ name: "wrong user text", when: { user: /cluster/ }, reply },
			{ name: "wrong tool", when: { offers: "edit" }, reply },
			{ name: "no result", when: { result: { name: "view" } }, reply },
			{ name: "wrong function", when: (r) => r.calls.length > 0, reply },
			{ name: "used up", times: 0, reply },
			{
				name: "right",
				when: {
					agent: "ml-explorer/features",
					role: "ml-explorer",
					assignment: "features",
					phase: [2, 3],
					turn: 1,
					model: /opus/,
					system: "Rules A",
					user: "churn",
					offers: "view",
				},
				reply: [call("view", { path: "a.py" })],
			},
		],
	});
	const request = ask("# Assignment: ml-explorer · features · phase 2\nchurn", {
		system: "Rules A",
		tools: [tool("view")],
	});
	await client.messages.stream(request).finalMessage();
	expect(server.journal[0]?.rule).toBe("right");
});

test("a rule may wait for what a tool says, and rules may change at any time", async () => {
	const { client, server } = await start({
		fallback: [call("view", { path: "a.py" })],
		rules: [
			{
				name: "seen",
				when: { result: { name: "view", text: "csv" } },
				reply: "seen",
			},
		],
	});
	const request = ask("q", { tools: [tool("view")] });
	const answer = await client.messages.stream(request).finalMessage();
	const next = follow(request, answer, () => "import csv");
	expect(textIn(await client.messages.stream(next).finalMessage())).toBe(
		"seen",
	);
	server.rules.unshift({ name: "new", reply: "new" });
	expect(textIn(await client.messages.stream(next).finalMessage())).toBe("new");
	expect(server.journal.map((e) => e.rule)).toEqual([
		"fallback",
		"seen",
		"new",
	]);
});

test("the header names the agent; the assignment gives the phase", async () => {
	let seen: ModelRequest | undefined;
	const { client, server } = await start({
		fallback: (request) => {
			seen = request;
			return [text("ok")];
		},
	});
	const headers = { "x-modelwright-agent": "ml-architect/pragmatic 2" };
	await client.messages
		.stream(ask("no assignment"), { headers })
		.finalMessage();
	expect(seen).toMatchObject({
		role: "ml-architect",
		assignment: "pragmatic 2",
	});
	await client.messages.stream(ask(BRIEF), { headers }).finalMessage();
	expect(seen).toMatchObject({
		agent: "ml-architect/pragmatic 2",
		phase: 4,
		brief: BRIEF,
	});
	expect(server.journal.map((entry) => entry.agent)).toEqual([
		"ml-architect/pragmatic 2",
		"ml-architect/pragmatic 2",
	]);
});

test("a script that throws is a 400 with its reason, which no client tries again", async () => {
	const { client, server } = await start({
		rules: [
			script("broken", {}, [
				() => {
					throw new Error("there is no third file");
				},
			]),
		],
	});
	const error = await failure(
		client.messages.stream(ask(), { maxRetries: 3 }).finalMessage(),
	);
	expect(error.status).toBe(400);
	expect(error.apiMessage).toContain('rule "broken": there is no third file');
	expect(server.journal).toHaveLength(1);
});

test("a journal file tells repeated requests across servers", async () => {
	const journalFile = join(folder, "journal.jsonl");
	for (let life = 0; life < 2; life++) {
		const { client, server } = await start({ journalFile, fallback: "ok" });
		await client.messages.stream(ask("same")).finalMessage();
		await client.messages.stream(ask(`only in life ${life}`)).finalMessage();
		await server.close();
	}
	const entries = readJournal(journalFile);
	expect(
		entries.map((entry) => [entry.n, entry.status, entry.complete]),
	).toEqual([
		[1, 200, true],
		[2, 200, true],
		[1, 200, true],
		[2, 200, true],
	]);
	expect(entries[0]?.digest).toBe(entries[2]?.digest);
	expect(new Set(entries.map((entry) => entry.digest)).size).toBe(3);
	expect(totalsOf(entries)).toMatchObject({ requests: 4 });
});

test("a request in flight when the server dies is on record", async () => {
	const journalFile = join(folder, "in-flight.jsonl");
	const { client, server } = await start({ journalFile, fallback: "ok" });
	server.failNext({ kind: "hang" });
	const pending = failure(client.messages.stream(ask()).finalMessage());
	await expect.poll(() => readJournal(journalFile)).toHaveLength(1);
	expect(readJournal(journalFile)[0]).toMatchObject({
		status: 0,
		complete: false,
	});
	await server.close();
	await pending;
});
