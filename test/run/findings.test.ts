// What people make of findings: by a command, a button or a push.
import { describe, expect, it } from "vitest";
import { advance, type Event } from "../../src/run/advance.ts";
import type { Button } from "../../src/run/buttons.ts";
import type { GateRequest } from "../../src/run/gate.ts";
import { openFindings } from "../../src/run/open-findings.ts";
import type { NamedFinding, Run } from "../../src/run/run.ts";
import { AT, done, given, runAfter } from "../support/runs.ts";

const finding = (
	id: string,
	pull: number,
	focus: NamedFinding["focus"] = "performance",
): NamedFinding => ({ id, fingerprint: `code of ${id}`, focus, pull });

const FOUND = [finding("F1", 7), finding("F2", 7), finding("F3", 8)];

const asks = (ids: readonly string[]): GateRequest => ({
	...{ name: "findings", command: "/fix all", choices: ids },
	question: "Which findings shall I fix?",
});

const found = (run: Run, findings = FOUND): Event => ({
	...(done(run, asks(findings.map(({ id }) => id))) as object as Event & {
		type: "phase-done";
	}),
	findings,
});

/** The findings wait for a decision. */
function waiting(): Run {
	const { run } = advance(runAfter(9), found(runAfter(9)));
	expect(run.gate?.choices).toEqual(["F1", "F2", "F3"]);
	return run;
}

const say = (run: Run, body: string, more = {}) =>
	advance(run, given(run, body, more));
const reply = ({ orders }: ReturnType<typeof advance>) =>
	orders.flatMap((order) => ("reply" in order ? [order.reply] : [])).join();

const press = (button: Button, more: object = {}): Event => ({
	...{ type: "pressed", button, focus: "performance", pull: 7 },
	...{ by: "alice", role: "write", at: AT, key: "press-5", ...more },
});

describe("/dismiss", () => {
	it("keeps who and why, asks about the rest, and has it shown where it stood", () => {
		const { run, orders } = say(
			waiting(),
			"/dismiss f2 Trees are small.\n\nReally.",
		);
		expect(run.dismissals).toEqual([
			{
				...{ finding: "F2", fingerprint: "code of F2", by: "alice", at: AT },
				reason: "Trees are small. Really.",
			},
		]);
		expect(run).toMatchObject({
			state: "waiting",
			gate: { choices: ["F1", "F3"] },
		});
		expect(run.decisions.at(-1)).toMatchObject({
			command: "/dismiss f2 Trees are small.",
			by: "alice",
		});
		expect(orders).toContainEqual({ do: "show-findings", pulls: [7] });
		expect(reply(say(run, "/fix F2"))).toContain("F1, F3");
	});

	it("of the last open one lets the run go on", () => {
		const { run, orders } = say(waiting(), "/dismiss F1, F2,F3 as agreed");
		expect(run).toMatchObject({ state: "working", phase: 11 });
		expect(orders).toContainEqual({ do: "show-findings", pulls: [7, 8] });
	});

	it("holds over later reviews while the code stays the same", () => {
		const dismissed = say(waiting(), "/dismiss F2 as agreed").run;
		const again = say(dismissed, "/retry 10").run;
		const asked = advance(again, found(again)).run;
		expect(asked.gate?.choices).toEqual(["F1", "F3"]);
		const onlyIt = advance(again, found(again, [finding("F2", 7)])).run;
		expect(onlyIt).toMatchObject({ state: "working", phase: 11 });
	});

	it("is taken once the run is delivered, too", () => {
		const delivered: Run = { ...waiting(), state: "delivered" };
		expect(
			say(delivered, "/dismiss F3 it is fine").run.dismissals,
		).toHaveLength(1);
	});

	it.each([
		["/dismiss", "F1, F2, F3"],
		["/dismiss F9 no", "F1, F2, F3"],
		["/dismiss F2", "Say why"],
		["/dismiss all of them", "F1, F2, F3"],
	])("%s is refused with the reason", (body, reason) => {
		const run = waiting();
		const step = say(run, body);
		expect(step.run).toBe(run);
		expect(reply(step)).toContain(reason);
	});

	it("is refused to readers, before there are findings, and after the end", () => {
		expect(
			reply(say(waiting(), "/dismiss F1 x", { role: "triage" })),
		).toContain("needs write");
		expect(reply(say(runAfter(8), "/dismiss F1 x"))).toContain(
			"no open finding",
		);
		const ended: Run = { ...waiting(), state: "cancelled" };
		expect(reply(say(ended, "/dismiss F1 x"))).toContain("has ended");
	});
});

describe("a button", () => {
	it("Fix fixes what its own check shows", () => {
		const { run, orders } = advance(waiting(), press("fix"));
		expect(run).toMatchObject({ state: "working", phase: 10 });
		expect(run.resolving?.command).toBe("/fix F1,F2");
		expect(orders.map((order) => order.do)).toEqual(["start-phase"]);
	});

	it("Dismiss lets them stand, by whom is kept", () => {
		const { run } = advance(waiting(), press("dismiss", { by: "carol" }));
		expect(run.gate?.choices).toEqual(["F3"]);
		expect(run.dismissals).toMatchObject([
			{ finding: "F1", by: "carol", reason: 'by the button of "performance"' },
			{ finding: "F2", by: "carol" },
		]);
	});

	it("Re-run reviews anew, and shows what holds where the run is delivered", () => {
		expect(advance(waiting(), press("rerun")).run).toMatchObject({
			...{ state: "working", phase: 10, attempt: 2 },
		});
		const delivered: Run = { ...waiting(), state: "delivered" };
		expect(advance(delivered, press("rerun"))).toEqual({
			run: delivered,
			orders: [{ do: "show-findings", pulls: [7] }],
		});
	});

	it("pressed by a reader, or with nothing left to press it for, is answered in words", () => {
		const refused = advance(waiting(), press("fix", { role: "read" }));
		expect(refused.orders).toMatchObject([
			{ do: "answer-press", key: "press-5", by: "alice" },
		]);
		expect(reply(refused)).toContain("needs write");
		const settled = advance(waiting(), press("dismiss")).run;
		expect(reply(advance(settled, press("dismiss")))).toContain("F3");
		expect(reply(advance(settled, press("fix")))).toContain("F3");
		const delivered: Run = { ...waiting(), state: "delivered" };
		expect(advance(delivered, press("rerun", { role: "read" })).orders).toEqual(
			[],
		);
	});
});

describe("a push by people", () => {
	const HEAD = "b".repeat(40);
	const seen = (gone: string[], there: string[] = []): Event => ({
		...{ type: "findings-seen", gone, there, head: HEAD, at: AT },
	});

	it("has the findings of its pull request shown anew, of ours alone", () => {
		const pushed = (run: Run, pull: number) =>
			advance(run, { type: "pull-pushed", pull, at: AT }).orders;
		const run = {
			...waiting(),
			done: waiting().done.map((one) =>
				one.phase === 7 ? { ...one, pull: { number: 7, branch: "b" } } : one,
			),
		};
		expect(pushed(run, 7)).toEqual([{ do: "show-findings", pulls: [7] }]);
		expect(pushed(run, 99)).toEqual([]);
		expect(pushed({ ...run, state: "cancelled" }, 7)).toEqual([]);
	});

	it("that takes a finding's lines away resolves it, until they come back", () => {
		const { run } = advance(waiting(), seen(["F1"], ["F2"]));
		expect(run.gate?.choices).toEqual(["F2", "F3"]);
		expect(run.resolutions).toMatchObject([{ finding: "F1", head: HEAD }]);
		expect(advance(run, seen(["F1"], ["F2"])).run).toBe(run);
		const back = advance(run, seen([], ["F1", "F2"])).run;
		expect(openFindings(back).map(({ id }) => id)).toContain("F1");
		expect(back.gate?.choices).toEqual(["F1", "F2", "F3"]);
	});

	it("while the run is paused counts once it is resumed", () => {
		const paused = say(waiting(), "/pause").run;
		const { run } = advance(paused, seen(["F1", "F2", "F3"]));
		expect(run.state).toBe("paused");
		expect(say(run, "/resume").run).toMatchObject({
			...{ state: "working", phase: 11 },
		});
	});

	it("that takes the last ones away lets the run go on", () => {
		const { run } = advance(waiting(), seen(["F1", "F2", "F3"]));
		expect(run).toMatchObject({ state: "working", phase: 11 });
	});
});
