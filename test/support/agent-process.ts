// A process with an engine whose one phase is one agent's conversation. It kills
// itself, as kill -9 would, at the moment it is told.
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Assignment } from "../../src/agents/assignment.ts";
import { startEngine } from "../../src/engine/engine.ts";
import type { LeadInput } from "../../src/engine/lead.ts";
import { makeModel } from "../../src/model/client.ts";
import type { Lead, Phase } from "../../src/phases/phase.ts";
import { engineOptions } from "./engine-stage.ts";
import { silentLog } from "./silent-log.ts";

export interface Moment {
	readonly step: string;
	/** `inside`: the work is done, but nobody has kept what came of it. */
	readonly at: "before" | "inside" | "after";
}

export interface AgentProcess {
	readonly url: string;
	readonly api: string;
	readonly privateKey: string;
	readonly modelUrl: string;
	readonly dataDir: string;
	readonly assignment: Assignment;
	readonly delivery?: { id: string; event: string; payload: object };
	readonly killAt?: Moment;
	/** Killed this long after it was parked. */
	readonly killParkedMs?: number;
}

const told: AgentProcess = JSON.parse(process.argv[2] ?? "");
const { killAt, killParkedMs, delivery } = told;

function die(): Promise<never> {
	process.kill(process.pid, "SIGKILL");
	return new Promise(() => {});
}

const runStep = DBOS.runStep.bind(DBOS);
DBOS.runStep = async (work, config = {}) => {
	const isAt = (at: Moment["at"]) =>
		killAt?.step === config.name && killAt?.at === at;
	if (isAt("before")) return die();
	const result = await runStep(async () => {
		const made = await work();
		return isAt("inside") ? die() : made;
	}, config);
	return isAt("after") ? die() : result;
};

/** Parking begins at a minute, which is too long for a test. */
const PARKED_MS = 1_500;
const sleep = DBOS.sleep.bind(DBOS);
DBOS.sleep = (_ms) => {
	if (killParkedMs !== undefined) setTimeout(die, killParkedMs);
	return sleep(PARKED_MS);
};

const phase: Phase = {
	number: 1,
	name: "Problem Analysis",
	metaPhase: "Discovery",
	goal: "Talk",
	report: "requirements",
	async perform({ agents }) {
		const submission = await agents.one(told.assignment);
		return { open_questions: [], submission } as never;
	},
	gate: () => ({
		name: "requirements",
		command: "/approve",
		question: "Go on?",
	}),
	view: () => ({ summary: "They talked.", details: [] }),
};

const engine = await startEngine({
	...engineOptions(told.url, told.api, told.privateKey, [phase]),
	model: makeModel({
		apiKey: "sk-test",
		baseUrl: told.modelUrl,
		backoffMs: 1,
		log: silentLog,
	}),
	dataDir: told.dataDir,
	makeLead: ({ run, agents }: LeadInput) =>
		({ run, before: {}, agents }) as unknown as Lead,
});
process.stdout.write(`${JSON.stringify({ executor: engine.executor })}\n`);
if (delivery) await engine.intake.record(delivery);
