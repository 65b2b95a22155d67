import { describe, expect, it } from "vitest";
import { advance, type PhaseDone } from "../../src/run/advance.ts";
import type { Order } from "../../src/run/order.ts";
import {
	AT,
	begun,
	DIGEST,
	done,
	given,
	runAfter,
	today,
} from "../support/runs.ts";

const reactions = (orders: readonly Order[]) =>
	orders.flatMap((order) => (order.do === "answer" ? [order.reaction] : []));
const replies = (orders: readonly Order[]) =>
	orders.flatMap((order) =>
		order.do === "answer" && order.reply ? [order.reply] : [],
	);
const started = (orders: readonly Order[]) =>
	orders.flatMap((order) =>
		order.do === "start-phase" ? [[order.phase, order.attempt]] : [],
	);

describe("a run", () => {
	it("begins with phase 1 and a status comment", () => {
		const { run, orders } = begun();
		expect(run.state).toBe("working");
		expect(orders.map((order) => order.do)).toEqual([
			"show-status",
			"start-phase",
		]);
	});

	it("tells a plain result before it goes on, and links it once it is told", () => {
		const { run } = begun();
		const step = advance(run, { ...done(run), tell: true } as PhaseDone);
		expect(step.orders.map((order) => order.do)).toEqual([
			"tell-phase",
			"start-phase",
		]);
		const told = { type: "phase-told", phase: 1, attempt: 1 } as const;
		const url = "http://forge.test/1";
		const linked = advance(step.run, { ...told, comment: { ok: true, url } });
		expect(linked.run.done[0]?.commentUrl).toBe(url);
		expect(linked.orders).toEqual([{ do: "show-status" }]);
		const reason = "GitHub refused it.";
		const refused = { ok: false, reason } as const;
		expect(
			advance(step.run, { ...told, comment: refused }).run.done[0]?.untold,
		).toBe(reason);
		const ofOther = { ...told, attempt: 2, comment: refused };
		expect(advance(step.run, ofOther)).toEqual({ run: step.run, orders: [] });
	});

	it("goes from phase to phase without asking until the design stands", () => {
		const run = runAfter(6);
		expect(run.state).toBe("waiting");
		expect(run.gate?.name).toBe("approval");
		expect(run.done.map(({ phase }) => phase)).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it("starts phase 7 on approval and records who gave it", () => {
		const run = runAfter(6);
		const step = advance(run, given(run, "/approve 3fa9c1d2", { by: "bob" }));
		expect(started(step.orders)).toEqual([[7, 1]]);
		expect(step.run.approval).toEqual({
			digest: DIGEST,
			base: "a".repeat(40),
			by: "bob",
			at: AT,
		});
		expect(step.run.decisions.at(-1)?.by).toBe("bob");
	});

	it("is delivered after phase 12 and closed with its issue", () => {
		const run = runAfter(12);
		expect(run.state).toBe("delivered");
		const closed = advance(run, { type: "issue-closed", by: "alice", at: AT });
		expect(closed.run.state).toBe("closed");
	});

	it("is cancelled when its issue is closed while it works", () => {
		const { run } = begun();
		const step = advance(run, { type: "issue-closed", by: "alice", at: AT });
		expect(step.run.state).toBe("cancelled");
		expect(step.orders[0]).toEqual({ do: "stop-phase", phase: 1, attempt: 1 });
	});

	it("counts a phase's end once, and not the end of an older attempt", () => {
		const { run } = begun();
		const event = done(run);
		const once = advance(run, event).run;
		expect(advance(once, event)).toEqual({ run: once, orders: [] });
	});
});

describe("an approval", () => {
	it("counts once: the second changes nothing and is no fault", () => {
		const run = advance(runAfter(6), given(runAfter(6), "/approve")).run;
		const again = advance(run, given(run, "/approve 3fa9c1d2"));
		expect(again.run).toBe(run);
		expect(again.orders).toEqual([
			{ do: "answer", commentId: 1, reaction: "rocket" },
		]);
	});

	it.each([
		["comes from a reader", "/approve", { role: "read" }, /read access/],
		["names another digest", "/approve 12345678", {}, /not what waits/],
		["names too few digits", "/approve 3fa9", {}, /not what waits/],
		[
			"is bare while the posted design was edited",
			"/approve",
			{ facts: { askUnchanged: false } },
			/was changed/,
		],
	] as const)("is refused when it %s", (_why, body, more, reason) => {
		const run = runAfter(6);
		const step = advance(run, given(run, body, more));
		expect(step.run).toBe(run);
		expect(reactions(step.orders)).toEqual(["confused"]);
		expect(replies(step.orders)[0]).toMatch(reason);
	});

	it("asks again, with a new attempt, when the issue was edited meanwhile", () => {
		const run = runAfter(6);
		const issue = { title: run.issue.title, body: "Predict next quarter." };
		const edited = { facts: { now: today(run, { issue }) } };
		const step = advance(run, given(run, "/approve 3fa9c1d2", edited));
		expect(step.run.approval).toBeUndefined();
		expect(step.run.issue.body).toBe("Predict next quarter.");
		expect(started(step.orders)).toEqual([[6, 2]]);
	});

	it("does not answer the question of what to fix", () => {
		const run = runAfter(9);
		const findings = {
			name: "findings",
			command: "/fix all",
			question: "?",
			choices: ["F1", "F2"],
		} as const;
		const asked = advance(run, done(run, findings)).run;
		const step = advance(asked, given(asked, "/approve"));
		expect(reactions(step.orders)).toEqual(["confused"]);
	});
});

describe("findings", () => {
	const asked = () => {
		const run = runAfter(9);
		return advance(
			run,
			done(run, {
				name: "findings",
				command: "/fix all",
				question: "?",
				choices: ["F1", "F2"],
			}),
		).run;
	};

	it("are fixed as chosen, in a new attempt that acts on the answer", () => {
		const step = advance(asked(), given(asked(), "/fix all"));
		expect(step.orders).toContainEqual(
			expect.objectContaining({
				do: "start-phase",
				phase: 10,
				attempt: 2,
				resolving: expect.objectContaining({ command: "/fix F1,F2" }),
			}),
		);
	});

	it("that could not be fixed are tried again by /retry, not reviewed anew", () => {
		const fixing = advance(asked(), given(asked(), "/fix F2")).run;
		const failed = advance(fixing, {
			type: "phase-failed",
			phase: 10,
			attempt: 2,
			failure: { kind: "overloaded", message: "Too busy." },
			at: AT,
		}).run;
		expect(advance(failed, given(failed, "/retry")).orders).toContainEqual(
			expect.objectContaining({
				do: "start-phase",
				phase: 10,
				attempt: 3,
				resolving: expect.objectContaining({ command: "/fix F2" }),
			}),
		);
	});

	it("may be left as they are", () => {
		const step = advance(asked(), given(asked(), "/fix none"));
		expect(started(step.orders)).toEqual([[11, 1]]);
	});

	it("that do not exist are named in the refusal", () => {
		const step = advance(asked(), given(asked(), "/fix F9"));
		expect(replies(step.orders)[0]).toContain("F1, F2");
	});
});

describe("before approval people may", () => {
	it("choose another approach: phases 5 and 6 follow anew", () => {
		const run = runAfter(6);
		const step = advance(run, given(run, "/choose baseline"));
		expect(step.run.choice).toBe("baseline");
		expect(started(step.orders)).toEqual([[5, 2]]);
		expect(step.run.done.map(({ phase }) => phase)).toEqual([1, 2, 3, 4]);
	});

	it("ask for a revision: the design phases follow anew with the note", () => {
		const run = runAfter(6);
		const step = advance(run, given(run, "/revise use fewer features"));
		expect(started(step.orders)).toEqual([[4, 2]]);
		expect(step.run.notes.at(-1)?.text).toBe("use fewer features");
	});

	it("answer with triage access, but not have the design redone by it", () => {
		const run = runAfter(6);
		const step = advance(run, given(run, "/answer no", { role: "triage" }));
		expect(started(step.orders)).toEqual([]);
		expect(step.run).toBe(run);
	});

	it("decide nothing while the run is paused, until it is resumed", () => {
		const run = runAfter(6);
		const paused = advance(run, given(run, "/pause")).run;
		for (const body of [
			"/choose baseline",
			"/revise x y",
			"/answer no",
			"/approve",
		]) {
			const step = advance(paused, given(paused, body));
			expect(step.run).toBe(paused);
			expect(replies(step.orders)[0]).toContain("/resume");
		}
	});

	it("answer a numbered question", () => {
		const question = {
			...{ number: 1, question: "Is it known?", safeReading: "no" },
			blocking: false,
		};
		const run = { ...begun().run, questions: [question] };
		const step = advance(run, given(run, "/answer 1 yes, it is"));
		expect(step.run.notes).toEqual([
			{ phase: 1, by: "alice", question: 1, text: "yes, it is" },
		]);
	});

	it("not do so once the design is approved", () => {
		const run = runAfter(7);
		for (const body of ["/choose baseline", "/revise x y", "/answer no"]) {
			const step = advance(run, given(run, body));
			expect(reactions(step.orders)).toEqual(["confused"]);
		}
	});
});

describe("trouble", () => {
	const failed = (kind: "refusal" | "budget") => {
		const { run } = begun();
		return advance(run, {
			type: "phase-failed",
			phase: 1,
			attempt: 1,
			failure: { kind, message: "It did not work." },
			at: AT,
		}).run;
	};

	it("keeps everything and waits for /retry", () => {
		const run = failed("refusal");
		expect(run.gate?.command).toBe("/retry");
		expect(started(advance(run, given(run, "/retry")).orders)).toEqual([
			[1, 2],
		]);
	});

	it("of money never asks for more than may be given", () => {
		const rich = { ...begun().run, budgetUsd: 6_000 };
		const failure = { kind: "budget", message: "Spent." } as const;
		const { run } = advance(rich, {
			type: "phase-failed",
			phase: 1,
			attempt: 1,
			failure,
			at: AT,
		});
		expect(run.gate?.command).toBe("/budget 10000");
	});

	it("of money waits for /budget and goes on with it", () => {
		const run = failed("budget");
		expect(run.gate?.command).toBe("/budget 50");
		const step = advance(run, given(run, "/budget 50"));
		expect(step.run.budgetUsd).toBe(50);
		expect(started(step.orders)).toEqual([[1, 2]]);
	});
});

describe("a pause", () => {
	it("lets the phase at work end and starts no other until resumed", () => {
		const { run } = begun();
		const paused = advance(run, given(run, "/pause", { role: "triage" })).run;
		const ended = advance(paused, done(paused));
		expect(started(ended.orders)).toEqual([]);
		const resumed = advance(ended.run, given(ended.run, "/resume"));
		expect(started(resumed.orders)).toEqual([[2, 1]]);
	});

	it("stays when the phase at work fails, and asks for help when it ends", () => {
		const { run } = begun();
		const paused = advance(run, given(run, "/pause")).run;
		const broken = advance(paused, {
			type: "phase-failed",
			...{ phase: 1, attempt: 1, at: AT },
			failure: { kind: "overloaded", message: "Overloaded." },
		});
		expect(broken.run).toMatchObject({
			state: "paused",
			gate: { name: "trouble", command: "/retry" },
		});
		const resumed = advance(broken.run, given(broken.run, "/resume")).run;
		expect(resumed.state).toBe("waiting");
	});
});
