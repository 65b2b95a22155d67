// Runs and events for tests, with only what a test cares about spelled out.
import {
	advance,
	type CommandGiven,
	type Event,
} from "../../src/run/advance.ts";
import { begin } from "../../src/run/begin.ts";
import { parseCommand } from "../../src/run/commands.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import { NO_DRIFT } from "../../src/run/drift.ts";
import type { GateRequest } from "../../src/run/gate.ts";
import type { Step } from "../../src/run/order.ts";
import type { Now } from "../../src/run/outdated.ts";
import type { CollaboratorRole } from "../../src/run/permissions.ts";
import type { Run } from "../../src/run/run.ts";

export const AT = "2026-01-02T03:04:05Z";
export const DIGEST = "3fa9c1d2".padEnd(64, "0");

export const begun = (config = DEFAULT_CONFIG): Step =>
	begin({
		id: "7/42/1",
		repository: {
			id: 7,
			owner: "octo",
			name: "shop",
			private: true,
			htmlUrl: "http://forge.test/octo/shop",
			installationId: 9,
		},
		issue: { number: 42, title: "Churn", body: "Predict it.", author: "alice" },
		requestedBy: "alice",
		base: { branch: "main", sha: "a".repeat(40) },
		config,
		at: AT,
	});

export const done = (run: Run, gate?: GateRequest): Event => ({
	type: "phase-done",
	phase: run.phase,
	attempt: run.attempt,
	seconds: 1,
	usd: 0.1,
	at: AT,
	...(gate ? { gate } : {}),
});

export const APPROVAL: GateRequest = {
	name: "approval",
	command: "/approve 3fa9c1d2",
	question: "Approve the design?",
	digest: DIGEST,
};

/** The world as the run has it. */
export const today = (run: Run, more: Partial<Now> = {}): Now => ({
	issue: { title: run.issue.title, body: run.issue.body },
	config: { ok: true, config: run.config },
	base: { sha: run.base.sha, drift: NO_DRIFT },
	...more,
});

export function given(
	run: Run,
	body: string,
	more: {
		by?: string;
		role?: CollaboratorRole;
		facts?: Partial<CommandGiven["facts"]>;
	} = {},
): Event {
	const command = parseCommand(body);
	if (!command) throw new Error(`not a command: ${body}`);
	return {
		type: "command",
		command,
		by: more.by ?? "alice",
		role: more.role ?? "write",
		from: { commentId: 1 },
		at: AT,
		facts: {
			askUnchanged: true,
			now: today(run),
			...more.facts,
		},
	};
}

/** The run as it is after phases up to and with `phase` are done without a question. */
export function runAfter(phase: number, config = DEFAULT_CONFIG): Run {
	let { run } = begun(config);
	while (run.phase <= phase && run.state === "working") {
		const gate = run.phase === 6 ? APPROVAL : undefined;
		run = advance(run, done(run, gate)).run;
		if (run.phase === 6 && run.gate && phase > 6)
			run = advance(run, given(run, "/approve 3fa9c1d2")).run;
		if (run.state !== "working") break;
	}
	return run;
}
