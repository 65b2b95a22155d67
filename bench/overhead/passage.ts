// One passage of the task from its label to the end, on a fresh server: the real
// app with its own Postgres as one process, forge and model in this one.
import { setTimeout as sleep } from "node:timers/promises";
import {
	askedCommand,
	hasEnded,
	markedComments,
	standing,
} from "../../src/cli/demo/issue-page.ts";
import { type Stage, setStage } from "../../src/cli/demo/stage.ts";
import type { JournalEntry } from "../../src/local/scripted-model/server/journal.ts";
import { answers } from "./answers.ts";
import { cpuSecondsOf, peakRssMbOf } from "./process-figures.ts";
import { project } from "./repository.ts";

export interface PassageOptions {
	/** Milliseconds from a request's arrival to its answer. */
	readonly latencyMs: number;
	/** The app spaces its writes as it does for github.com. */
	readonly paced: boolean;
	readonly nodeArguments?: readonly string[];
}

export interface Passage {
	/** From the label until the run is delivered and nothing is left to be published. */
	readonly wallSeconds: number;
	readonly cpuSeconds: number;
	readonly rssMb: number;
	readonly writes: number;
	readonly reads: number;
	readonly journal: readonly JournalEntry[];
}

const PERSON = "alice";
const LIMIT_MS = 15 * 60_000;
const LOOK_EVERY_MS = 4;
/** This machine by a name that is no loopback address to the app. */
const NOT_LOOPBACK = "0.0.0.0";

const TASK = {
	title: "Forecast each shop's demand for the next week",
	body: "Planners order by last week's sales. We want a forecast per shop and week, judged by the mean absolute error on weeks it has not seen, clearly better than the seasonal model in `forecast/models/seasonal.py`.",
};

export async function pass(options: PassageOptions): Promise<Passage> {
	const { latencyMs, paced, nodeArguments } = options;
	const stage = await setStage({
		seed: 1,
		project,
		rules: answers,
		latencyMs,
		...(paced ? { forgeHost: NOT_LOOPBACK } : {}),
		...(nodeArguments ? { nodeArguments } : {}),
	});
	try {
		const { forge, repository, app, model } = stage;
		const pid = app.child.pid as number;
		const { number } = await forge.acts.openIssue(repository, PERSON, TASK);
		await forge.idle();
		const [cpu, start] = [cpuSecondsOf(pid), performance.now()];
		await forge.acts.label(repository, number, PERSON, "ml-task");
		await toTheEnd(stage, number);
		const wallSeconds = (performance.now() - start) / 1_000;
		if (forge.violations.length > 0)
			throw new Error(
				`the forge saw what GitHub does not allow: ${JSON.stringify(forge.violations[0])}`,
			);
		return {
			wallSeconds,
			cpuSeconds: cpuSecondsOf(pid) - cpu,
			rssMb: peakRssMbOf(pid),
			writes: forge.writes,
			reads: forge.reads,
			journal: [...model.journal],
		};
	} finally {
		await stage.close();
	}
}

/** Answers every gate at once with the command it shows. */
async function toTheEnd(stage: Stage, issue: number): Promise<void> {
	const { forge, repository, app } = stage;
	const deadline = Date.now() + LIMIT_MS;
	const answered = new Set<string>();
	let seen = -1;
	while (Date.now() < deadline) {
		if (app.child.exitCode !== null)
			throw new Error(`The app ended:\n${app.log()}`);
		if (forge.calls.length !== seen) {
			seen = forge.calls.length;
			const comments = markedComments(forge, repository, issue);
			const now = standing(comments);
			if (now && hasEnded(now)) {
				if (now.state === "delivered") return published(app.port);
				throw new Error(`The run is ${now.state}:\n${app.log()}`);
			}
			const command = askedCommand(comments);
			const gate = `${now?.phase}/${now?.attempt}/${command}`;
			if (now?.state === "waiting" && command && !answered.has(gate)) {
				if (command === "/retry")
					throw new Error(`Phase ${now.phase} failed:\n${app.log()}`);
				answered.add(gate);
				await forge.acts.comment(repository, issue, PERSON, command);
			}
		}
		await sleep(LOOK_EVERY_MS);
	}
	throw new Error(`The run did not end in time. The app's log:\n${app.log()}`);
}

/** Nothing waits to be dealt with or written any more. */
async function published(port: number): Promise<void> {
	for (;;) {
		const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
		const { waiting } = (await answer.json()) as {
			waiting: { deliveries: number; orders: number };
		};
		if (waiting.deliveries + waiting.orders === 0) return;
		await sleep(LOOK_EVERY_MS);
	}
}
