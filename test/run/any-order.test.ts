// The policy under fire: whatever people, phases and GitHub do, in any order,
// the promises hold. The engine is played by a set of live attempts.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	advance,
	type Event,
	type FindingsSeen,
} from "../../src/run/advance.ts";
import { awaitedPulls, isMerged } from "../../src/run/awaited-pulls.ts";
import type { Button } from "../../src/run/buttons.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import type { GateRequest } from "../../src/run/gate.ts";
import { openFindings } from "../../src/run/open-findings.ts";
import type { Order, Step } from "../../src/run/order.ts";
import type { CollaboratorRole } from "../../src/run/permissions.ts";
import type { Run } from "../../src/run/run.ts";
import { AT, begun, DIGEST, done, given, today } from "../support/runs.ts";

const SEQUENCES = 10_000;
const LONGEST = 30;

/** What phases ask when they ask; the digest of a design differs by attempt. */
function gateOf(run: Run): GateRequest | undefined {
	const digest = `${run.attempt}`.padStart(2, "0") + DIGEST.slice(2);
	const ask = (more: Partial<GateRequest> & Pick<GateRequest, "name">) => ({
		command: "/approve",
		question: "Well?",
		...more,
	});
	if (run.phase === 1) return ask({ name: "requirements" });
	if (run.phase === 3) return ask({ name: "risks" });
	if (run.phase === 4) return ask({ name: "approach" });
	if (run.phase === 6)
		return ask({ name: "approval", digest, mustAccept: ["R1"] });
	if (run.phase === 10)
		return ask({
			name: "findings",
			command: "/fix all",
			choices: ["F1", "F2"],
		});
	if (run.phase === 11) return ask({ name: "verdict", digest });
	return undefined;
}

/** A move somebody makes; what it says depends on where the run stands. */
type Move = (run: Run, role: CollaboratorRole) => Event;

const says =
	(body: string | ((run: Run) => string)): Move =>
	(run, role) =>
		given(run, typeof body === "string" ? body : body(run), { role });

const happens =
	(
		type: Extract<
			Event,
			{ type: `issue-${string}` | `label-${string}` }
		>["type"],
	): Move =>
	() =>
		({ type, by: "carol", at: AT, title: "New", body: "text" }) as Event;

const shown = ({ gate }: Run) => gate?.digest?.slice(0, 8) ?? "3fa9c1d2";

const pullOf = ({ phase, attempt }: Run) => ({
	number: 100 * phase + attempt,
	branch: `${phase}-${attempt}`,
});

/** Asked anew, this is how the awaited pull requests stand. */
const pullsStand =
	(
		which: (awaited: readonly number[]) => {
			merged?: number[];
			closed?: number[];
		},
	): Move =>
	(run) => ({
		...{ type: "pulls-seen", head: "c".repeat(40), at: AT },
		...{ merged: [], closed: [], elsewhere: [] },
		...which(awaitedPulls(run).map(({ number }) => number)),
	});

const phaseEnds: Move = (run) =>
	({
		...(done(run, run.phase === 6 ? gateOf(run) : undefined) as object),
		...(run.phase === 1
			? {
					questions: [
						{
							number: 1,
							question: "Known?",
							blocking: true,
							safeReading: "no",
						},
					],
				}
			: {}),
		...(run.phase >= 7 && run.phase < 12 ? { pull: pullOf(run) } : {}),
		...(run.phase === 10
			? {
					findings: ["F1", "F2"].map((id) => ({
						...{ id, fingerprint: id, focus: "performance", pull: 701 },
					})),
				}
			: {}),
		...(run.phase === 3
			? { risks: [{ id: "R1", title: "leak", severity: "critical" }] }
			: {}),
	}) as Event;

const presses =
	(button: Button): Move =>
	(_, role) => ({
		...{ type: "pressed", button, focus: "performance", pull: 701 },
		...{ role, by: "carol", key: "press-1", at: AT },
	});

const found =
	(which: Pick<FindingsSeen, "gone" | "there">): Move =>
	() => ({ type: "findings-seen", ...which, head: "d".repeat(40), at: AT });

const MOVES: Readonly<Record<string, Move>> = {
	ends: phaseEnds,
	"ends again": phaseEnds,
	"ends and asks": (run) => {
		const gate = gateOf(run);
		return { ...phaseEnds(run, "write"), ...(gate ? { gate } : {}) } as Event;
	},
	"ended long ago": (run) =>
		({
			...(done(run) as object),
			attempt: Math.max(1, run.attempt - 1),
		}) as Event,
	fails: (run) => ({
		type: "phase-failed",
		...{ phase: run.phase, attempt: run.attempt, at: AT },
		failure: { kind: run.phase % 2 ? "budget" : "crashed", message: "x" },
	}),
	approves: says("/approve"),
	"approves what is shown": says((run) => `/approve ${shown(run)} accept R1`),
	"approves without the risk": says((run) => `/approve ${shown(run)}`),
	"approves another": says("/approve deadbeef accept R1"),
	"approves in a world that moved": (run, role) =>
		given(run, `/approve ${shown(run)} accept R1`, {
			role,
			facts: {
				now: today(run, {
					base: {
						sha: "b".repeat(40),
						drift: { verdict: "stale", why: "The data changed." },
					},
				}),
			},
		}),
	"phase 7 finds the world moved": (run) => ({
		type: "design-outdated",
		attempt: run.attempt,
		now: today(run, { issue: { title: "Other", body: "words" } }),
		at: AT,
	}),
	chooses: says("/choose baseline"),
	revises: says("/revise another metric"),
	"revises a phase": says("/revise 2 look again"),
	answers: says("/answer 1 yes"),
	accepts: says("/risk R1 accept"),
	modifies: says("/risk R1 modify encode in the fold"),
	blocks: says("/risk R1 block"),
	"fixes all": says("/fix all"),
	"fixes none": says("/fix none"),
	dismisses: says("/dismiss F1 as agreed"),
	"dismisses all": says("/dismiss F1,F2 as agreed"),
	"presses fix": presses("fix"),
	"presses dismiss": presses("dismiss"),
	"presses re-run": presses("rerun"),
	"pushes to a branch": (run) => ({
		...{
			type: "pull-pushed",
			pull: pullOf({ ...run, phase: 7 }).number,
			at: AT,
		},
	}),
	"takes a finding's lines away": found({ gone: ["F1"], there: ["F2"] }),
	"takes all of them away": found({ gone: ["F1", "F2"], there: [] }),
	"puts them back": found({ gone: [], there: ["F1", "F2"] }),
	retries: says("/retry"),
	"retries a phase": says("/retry 5"),
	"retries 8": says("/retry 8"),
	pauses: says("/pause"),
	resumes: says("/resume"),
	pays: says("/budget 30"),
	asks: says("/status"),
	cancels: says("/cancel"),
	edits: happens("issue-edited"),
	locks: happens("issue-locked"),
	unlocks: happens("issue-unlocked"),
	unlabels: happens("label-removed"),
	labels: happens("label-added"),
	closes: happens("issue-closed"),
	"merges all": pullsStand((awaited) => ({ merged: [...awaited] })),
	"merges the lowest": pullsStand((awaited) => ({
		merged: awaited.slice(0, 1),
	})),
	"merges what is not of the run": pullsStand(() => ({ merged: [1] })),
	"closes a pull request": pullsStand((awaited) => ({
		closed: awaited.slice(0, 1),
	})),
};

/** Endings are rare, progress is common: else few sequences would reach phase 7. */
const WEIGHTS: Readonly<Record<string, number>> = {
	ends: 30,
	"ends and asks": 8,
	"approves what is shown": 14,
	"merges all": 8,
	cancels: 1,
	closes: 1,
};

const anyMove = fc.oneof(
	...Object.keys(MOVES).map((name) => ({
		weight: WEIGHTS[name] ?? 2,
		arbitrary: fc.constant(name),
	})),
);
const anyRole = fc.oneof(
	{ weight: 8, arbitrary: fc.constant<CollaboratorRole>("write") },
	{ weight: 1, arbitrary: fc.constant<CollaboratorRole>("triage") },
	{ weight: 1, arbitrary: fc.constant<CollaboratorRole>("read") },
);
const anyConfig = fc
	.constantFrom("stacked" as const, "sequential" as const)
	.map((pull_requests) => ({ ...DEFAULT_CONFIG, pull_requests }));
type Sequence = [name: string, role: CollaboratorRole][];

/** So many phases go well first: trouble is to come late as often as early. */
const headStart = (phases: number): Sequence =>
	[
		...Array(Math.min(phases, 6)).fill("ends"),
		...(phases > 5 ? ["approves what is shown"] : []),
		...Array(Math.max(0, phases - 6))
			.fill(["ends", "merges all"])
			.flat(),
	].map((name) => [name, "write"]);

const anySequence = fc
	.tuple(
		fc.nat(11),
		fc.array(fc.tuple(anyMove, anyRole), { maxLength: LONGEST }),
	)
	.map(([phases, moves]): Sequence => [...headStart(phases), ...moves]);

const nameOf = ({ phase, attempt }: { phase: number; attempt: number }) =>
	`${phase}/${attempt}`;

/** The engine, as far as the policy is concerned. */
class Engine {
	readonly live = new Set<string>();
	readonly everStarted = new Set<string>();

	/** Plays one event: an attempt tells its end once, whether the run still cares or not. */
	play(before: Run, event: Event): Step {
		if (event.type === "phase-done" || event.type === "phase-failed")
			this.live.delete(nameOf(event));
		const step = advance(before, event);
		// The start of phase 7 is what finds this out; it goes no further then.
		if (event.type === "design-outdated" && before.attempt === event.attempt)
			if (step.run.phase < before.phase || step.run.gate !== before.gate)
				this.live.delete(nameOf(before));
		this.carryOut(step.orders);
		return step;
	}

	carryOut(orders: readonly Order[]) {
		for (const order of orders) {
			if (order.do === "stop-phase") this.live.delete(nameOf(order));
			if (order.do !== "start-phase") continue;
			expect(this.everStarted, "started twice").not.toContain(nameOf(order));
			this.everStarted.add(nameOf(order));
			this.live.add(nameOf(order));
		}
	}
}

function mustKeepPromises(
	before: Run,
	event: Event,
	after: Step,
	engine: Engine,
) {
	const { run, orders } = after;
	expect(engine.live.size, "attempts at once").toBeLessThanOrEqual(1);
	for (const order of orders)
		if (order.do === "start-phase") {
			if (order.phase >= 7) expect(run.approval).toBeDefined();
			else expect(run.approval).toBeUndefined();
		}
	if (run.approval && !before.approval) mustBeValid(before, event);
	for (const order of orders)
		if (order.do === "start-phase" && order.phase === before.phase + 1)
			mustHaveLanded(before, event, run);
	if (run.state === "waiting" && run.gate?.name === "stack")
		expect(awaitedPulls(run)).not.toEqual([]);
	if (run.gate?.name === "findings") {
		const open = openFindings(run).map(({ id }) => id);
		if (run.findings)
			expect(open).toEqual(
				expect.arrayContaining([...(run.gate.choices ?? [])]),
			);
		if (run.state === "waiting") expect(run.gate.choices).not.toEqual([]);
	}
	const { type } = event;
	if ((type === "command" || type === "pressed") && event.role === "read")
		expect(run).toBe(before);
	expect(run.decisions.length).toBeGreaterThanOrEqual(before.decisions.length);
	if (run.state === "working") expect(engine.live.size).toBe(1);
	if (run.state === "waiting") expect(run.gate?.name).toBeTruthy();
}

/** An approval comes from a writer, at the gate, for what is shown, in an unchanged world. */
function mustBeValid(before: Run, event: Event) {
	if (event.type !== "command") throw new Error("approved by no command");
	expect(event.command.verb).toBe("approve");
	expect(event.role).toBe("write");
	expect(before.gate?.name).toBe("approval");
	const typed = event.command.args.split(" ")[0] ?? "";
	if (typed) expect(before.gate?.digest?.startsWith(typed)).toBe(true);
	expect(event.facts.now?.base.drift.verdict).toBe("none");
	const accepted =
		event.command.args.includes("R1") ||
		before.rulings.some(({ ruling }) => ruling === "accept");
	expect(accepted).toBe(true);
}

/** One pull request at a time: merged, or built upon because a writer said so. */
function mustHaveLanded(before: Run, event: Event, run: Run) {
	const opened = run.done.find(({ phase }) => phase === before.phase)?.pull;
	if (run.config.pull_requests === "stacked")
		expect(run.merges).toBeUndefined();
	else if (opened && !isMerged(run, opened)) {
		expect(before.gate?.name).toBe("stack");
		expect(event).toMatchObject({
			type: "command",
			command: { verb: "approve" },
			role: "write",
		});
	}
}

/** Nobody does anything any more: phases end, and that is all. */
function settle(run: Run, engine: Engine): Run {
	let now = run;
	for (let i = 0; i < 40 && now.state === "working"; i++) {
		const event = MOVES["ends and asks"]?.(now, "write") as Event;
		now = engine.play(now, event).run;
	}
	return now;
}

describe("whatever people, phases and GitHub do, in any order", () => {
	it(`keeps the policy's promises in ${SEQUENCES.toLocaleString("en")} sequences`, () => {
		let furthest = 0;
		fc.assert(
			fc.property(anySequence, anyConfig, (moves, config) => {
				const engine = new Engine();
				const first = begun(config);
				engine.carryOut(first.orders);
				let run = first.run;
				const events: Event[] = [];
				for (const [name, role] of moves) {
					const event = MOVES[name]?.(run, role) as Event;
					events.push(event);
					const step = engine.play(run, event);
					mustKeepPromises(run, event, step, engine);
					run = step.run;
				}
				furthest = Math.max(furthest, run.phase);
				const again = events.reduce(
					(now, event) => advance(now, event).run,
					first.run,
				);
				expect(again).toEqual(run);
				const end = settle(run, engine);
				expect(end.state).not.toBe("working");
				if (end.state === "waiting") expect(end.gate?.name).toBeTruthy();
			}),
			{ numRuns: SEQUENCES },
		);
		// A test that never gets to the code has shown nothing about it.
		expect(furthest).toBe(12);
	}, 240_000);

	it("leaves the run it was given as it was", () => {
		fc.assert(
			fc.property(anySequence, anyConfig, (moves, config) => {
				let { run } = begun(config);
				for (const [name, role] of moves) {
					const event = MOVES[name]?.(run, role) as Event;
					const before = structuredClone(run);
					const { run: next } = advance(run, event);
					expect(run).toEqual(before);
					run = next;
				}
			}),
			{ numRuns: 200 },
		);
	});
});
