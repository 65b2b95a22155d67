// A process with an engine whose one phase is one agent's conversation, chosen by
// the issue's title. Told by a message, it begins conversations and kills itself,
// as kill -9 would, once each of them has come to the moment named.
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Assignment } from "../../src/agents/assignment.ts";
import { startEngine } from "../../src/engine/engine.ts";
import type { LeadInput } from "../../src/engine/lead.ts";
import { makeModel } from "../../src/model/client.ts";
import type { Lead, Phase } from "../../src/phases/phase.ts";
import { engineOptions } from "./engine-stage.ts";
import { silentLog } from "./silent-log.ts";

export interface Moment {
	/** `park`: the wait between two tries of a turn. */
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
	/** By the issue's title. */
	readonly assignments: Readonly<Record<string, Assignment>>;
}

export interface Beginning {
	readonly deliveries: { id: string; event: string; payload: object }[];
	/** Absent: it is killed by somebody else. */
	readonly killAt?: Moment;
}

const told: AgentProcess = JSON.parse(process.argv[2] ?? "");
let killAt: Moment | undefined;
let missing = 0;

/** Who is first waits for the others, and all die together. */
function die(): Promise<never> {
	missing -= 1;
	if (missing === 0) process.kill(process.pid, "SIGKILL");
	return new Promise(() => {});
}

const isAt = (step: string | undefined, at: Moment["at"]) =>
	killAt?.step === step && killAt?.at === at;

const runStep = DBOS.runStep.bind(DBOS);
DBOS.runStep = async (work, config = {}) => {
	const { name } = config;
	if (isAt(name, "before")) return die();
	const result = await runStep(async () => {
		const made = await work();
		return isAt(name, "inside") ? die() : made;
	}, config);
	return isAt(name, "after") ? die() : result;
};

/** Parking begins at a minute, which is too long for a test. */
const PARKED_MS = 1_500;
const ASLEEP_MS = 200;
const sleep = DBOS.sleep.bind(DBOS);
DBOS.sleep = (_ms) => {
	const slept = sleep(PARKED_MS);
	if (!isAt("park", "inside")) return slept;
	return new Promise((resolve) => setTimeout(resolve, ASLEEP_MS)).then(die);
};

const phase: Phase = {
	number: 1,
	name: "Problem Analysis",
	metaPhase: "Discovery",
	goal: "Talk",
	report: "requirements",
	async perform({ agents, run }) {
		const assignment = told.assignments[run.issue.title];
		if (!assignment) throw new Error(`nobody deals with ${run.issue.title}`);
		const submission = await agents.one(assignment);
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
process.on("message", async (beginning: Beginning) => {
	killAt = beginning.killAt;
	missing = beginning.deliveries.length;
	for (const delivery of beginning.deliveries)
		await engine.intake.record(delivery);
});
process.once("disconnect", () => process.exit());
process.stdout.write(`${JSON.stringify({ executor: engine.executor })}\n`);
