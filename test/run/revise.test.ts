import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import type { GateRequest } from "../../src/run/gate.ts";
import type { Step } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { done, given, runAfter } from "../support/runs.ts";

const started = ({ orders }: Step) =>
	orders.flatMap((order) =>
		order.do === "start-phase" ? [[order.phase, order.attempt]] : [],
	);
const reply = ({ orders }: Step) =>
	orders.flatMap((order) => (order.do === "answer" ? [order] : []))[0];
const revise = (run: Run, text: string) =>
	advance(run, given(run, `/revise ${text}`));
const asking = (run: Run, gate: Pick<GateRequest, "name" | "command">) =>
	advance(run, done(run, { question: "?", ...gate })).run;

describe("a revision of the waiting design", () => {
	it.each([
		["use recall at precision 0.3 as the metric", 6, /recall/],
		["keep checkpoints for a week", 5, /checkpoint/],
		["a smaller model, please", 4, /model/],
		["region looks like a leak to me", 3, /leak/],
		["make it nicer", 4, /names no other phase/],
		["phase 2: look at the loader again", 2, /as you named it/],
		["5 the metric stays", 5, /as you named it/],
	])("“%s” begins at phase %i and says why", (text, phase, why) => {
		const step = revise(runAfter(6), text);
		expect(started(step)).toEqual([[phase, 2]]);
		expect(reply(step)?.reply).toMatch(why);
	});

	it("takes the earliest phase of several that it touches", () => {
		const step = revise(runAfter(6), "track the metric of every model");
		expect(started(step)).toEqual([[4, 2]]);
		expect(reply(step)?.reply).toContain("Phases 4 to 6 are redone");
	});

	it("gives the remark to the agents that work after it", () => {
		const { run } = revise(runAfter(6), "use recall");
		expect(run.notes.at(-1)?.text).toBe("use recall");
	});

	it("is refused for a phase that has not been reached", () => {
		const run = runAfter(3);
		const step = revise(run, "6 other metrics");
		expect(step.run).toBe(run);
		expect(reply(step)?.reply).toContain("from 1 to 4");
	});
});

describe("a revision after the approval", () => {
	it("is refused while the design is being built", () => {
		const run = runAfter(8);
		expect(reply(revise(run, "other"))?.reaction).toBe("confused");
	});

	it("at the verdict withdraws the approval and designs anew", () => {
		const run = asking(runAfter(10), {
			name: "verdict",
			command: "/approve 3fa9c1d2",
		});
		const step = revise(run, "a better model");
		expect(started(step)).toEqual([[4, 2]]);
		expect(step.run.approval).toBeUndefined();
		expect(reply(step)?.reply).toContain("approval is withdrawn");
	});

	it("while findings wait goes to the writer, in an attempt that acts on it", () => {
		const run = asking(runAfter(9), { name: "findings", command: "/fix all" });
		const step = revise(run, "rename the module");
		expect(step.orders).toContainEqual(
			expect.objectContaining({
				phase: 10,
				resolving: expect.objectContaining({
					command: "/revise rename the module",
				}),
			}),
		);
		expect(step.run.approval).toBeDefined();
	});
});

describe("/retry", () => {
	it("of a phase of the design withdraws the approval", () => {
		const run = runAfter(8);
		const step = advance(run, given(run, "/retry 4"));
		expect(started(step)).toEqual([[4, 2]]);
		expect(step.run.approval).toBeUndefined();
	});

	it("of a phase of the implementation keeps it", () => {
		const run = runAfter(8);
		const step = advance(run, given(run, "/retry 7"));
		expect(started(step)).toEqual([[7, 2]]);
		expect(step.run.approval).toBeDefined();
	});

	it.each(["/retry 12", "/retry 0", "/retry all"])("%s is refused", (body) => {
		const run = runAfter(8);
		const step = advance(run, given(run, body));
		expect(step.run).toBe(run);
		expect(reply(step)?.reply).toContain("from 1 to 9");
	});
});
