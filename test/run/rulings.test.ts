import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import type { Step } from "../../src/run/order.ts";
import type { Run } from "../../src/run/run.ts";
import { begun, DIGEST, done, given, runAfter } from "../support/runs.ts";

/** A design that waits, with the critical R1 open and R2 of no concern. */
function waiting(): Run {
	const risks = [
		{ id: "R1", title: "the label leaks", severity: "critical" },
		{ id: "R2", title: "few rows", severity: "medium" },
	] as const;
	const run = runAfter(5);
	const event = done(run, {
		name: "approval",
		command: "/approve 3fa9c1d2 accept R1",
		question: "Approve the design?",
		digest: DIGEST,
		mustAccept: ["R1"],
	});
	return advance({ ...run, risks }, event).run;
}

const says = (run: Run, body: string) => advance(run, given(run, body));
const replyOf = ({ orders }: Step) =>
	orders.flatMap((order) =>
		order.do === "answer" ? [order.reply ?? order.reaction] : [],
	)[0];
const starts = ({ orders }: Step) =>
	orders.flatMap((order) => (order.do === "start-phase" ? [order.phase] : []));

describe("a critical risk that the design does not mitigate", () => {
	it("keeps the design from being approved, by name", () => {
		const run = waiting();
		const step = says(run, "/approve 3fa9c1d2");
		expect(step.run).toBe(run);
		expect(replyOf(step)).toMatch(/R1 is critical.*accept R1/);
	});

	it.each([
		["in the approval itself", ["/approve 3fa9c1d2 accept R1"]],
		["however it is written", ["/approve accepting r1, R2"]],
		["before it", ["/risk R1 accept we know", "/approve 3fa9c1d2"]],
	])("may be accepted by name %s", (_when, bodies) => {
		let step: Step = { run: waiting(), orders: [] };
		for (const body of bodies) step = says(step.run, body);
		expect(starts(step)).toEqual([7]);
		expect(step.run.rulings).toContainEqual(
			expect.objectContaining({ risk: "R1", ruling: "accept", by: "alice" }),
		);
	});

	it("is not accepted by naming one that does not exist", () => {
		const run = waiting();
		const step = says(run, "/approve 3fa9c1d2 accept R9");
		expect(step.run).toBe(run);
		expect(replyOf(step)).toContain("no risk R9");
	});
});

describe("/risk", () => {
	it("modify has the design made anew with the demand", () => {
		const step = says(waiting(), "/risk R2 modify use grouped folds");
		expect(starts(step)).toEqual([4]);
		expect(step.run.notes.at(-1)?.text).toMatch(/R2.*use grouped folds/);
	});

	it("block refuses every approval until somebody rules anew", () => {
		const blocked = says(waiting(), "/risk R2 block not with this data").run;
		const refused = says(blocked, "/approve 3fa9c1d2 accept R1");
		expect(refused.run).toBe(blocked);
		expect(replyOf(refused)).toMatch(/R2 is ruled `block` by `alice`/);
		const freed = says(blocked, "/risk R2 accept").run;
		expect(starts(says(freed, "/approve 3fa9c1d2 accept R1"))).toEqual([7]);
	});

	it("is one more entry of the decision log", () => {
		const { run } = says(waiting(), "/risk R1 accept known and wanted");
		expect(run.decisions.at(-1)?.command).toBe(
			"/risk R1 accept known and wanted",
		);
		expect(run.rulings).toEqual([
			expect.objectContaining({ reason: "known and wanted" }),
		]);
	});

	it.each([
		["/risk", /R1, R2/],
		["/risk R7 accept", /R1, R2/],
		["/risk R1 maybe", /accept\|modify\|block/],
	])("%s is refused with what was expected", (body, why) => {
		const run = waiting();
		const step = says(run, body);
		expect(step.run).toBe(run);
		expect(replyOf(step)).toMatch(why);
	});

	it("needs a register and write access", () => {
		const { run } = begun();
		expect(replyOf(says(run, "/risk R1 accept"))).toContain("phase 3");
		const step = advance(
			waiting(),
			given(waiting(), "/risk R1 accept", { role: "triage" }),
		);
		expect(replyOf(step)).toContain("needs write");
	});

	it("is forgotten when the register is made anew", () => {
		const ruled = says(waiting(), "/risk R2 accept").run;
		expect(says(ruled, "/revise 3 look again").run.rulings).toEqual([]);
	});
});
