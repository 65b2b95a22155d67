import { afterEach, beforeEach, expect, test } from "vitest";
import {
	type Memory,
	NOTHING_READ,
	type Reader,
	read,
	remember,
} from "../../src/agents/calls/reading.ts";
import { ROSTER } from "../../src/agents/roster.ts";
import type { ToolCall } from "../../src/model/messages.ts";
import { silentLog } from "../support/silent-log.ts";
import { type TempTree, tempTree } from "../support/temp-tree.ts";

let tree: TempTree;
beforeEach(async () => {
	const long = Array.from({ length: 9_000 }, (_, i) => `value_${i} = ${i}`);
	tree = await tempTree({ "long.py": long.join("\n"), "a.csv": "x\n1\n" });
});
afterEach(() => tree.remove());

const view = (input: object) =>
	({ type: "tool_use", id: "1", name: "view", input }) as ToolCall;

const reader = (more: Partial<Reader> = {}): Reader => ({
	role: ROSTER["ml-explorer"],
	tree,
	submit: "submit_risks",
	log: silentLog,
	...more,
});

test("a tool that the role's card does not list is refused", async () => {
	const role = { ...ROSTER["ml-explorer"], tools: ["grep" as const] };
	const call = view({ path: "long.py" });
	const reading = await read(call, 1, NOTHING_READ, reader({ role }));
	expect(reading).toMatchObject({ ok: false, code: "E_FORBIDDEN" });
});

test("reading ends when it has filled the conversation, however few the calls", async () => {
	let memory: Memory = NOTHING_READ;
	let last: string | undefined;
	while (memory.calls < 20 && last === undefined) {
		const call = view({
			path: "long.py",
			start: memory.calls * 450 + 1,
			end: memory.calls * 450 + 450,
		});
		const reading = await read(call, memory.calls + 1, memory, reader());
		if (!reading.ok) last = reading.message;
		memory = remember(memory, [{ call, reading }]);
	}
	expect(last).toContain("call submit_risks now");
	expect(memory.calls).toBeGreaterThan(8);
});

test("a failed read is no first read: asking again is answered again", async () => {
	const call = view({ path: "nothing.py" });
	const reading = await read(call, 1, NOTHING_READ, reader());
	const memory = remember(NOTHING_READ, [{ call, reading }]);
	expect(await read(call, 2, memory, reader())).toEqual(reading);
	expect(memory.calls).toBe(1);
});

test("a tool that breaks tells the model nothing of this server", async () => {
	const broken = { ...tree, paths: () => Promise.reject(new Error(tree.root)) };
	const call = view({ path: "long.py" });
	const reading = await read(call, 1, NOTHING_READ, reader({ tree: broken }));
	if (reading.ok) throw new Error("it should have failed");
	expect(reading.message).toContain("view failed");
	expect(reading.message).not.toContain(tree.root);
});
