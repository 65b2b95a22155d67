// `npm run demo`: the whole story on this machine, on a page you can open.
import { createInterface } from "node:readline/promises";
import { type DemoOptions, readArguments } from "./arguments.ts";
import { askedCommand, markedComments, standing } from "./issue-page.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { Progress } from "./progress.ts";
import { type Stage, setStage } from "./stage.ts";

const PERSON = "alice";
/** A run that does not end in this time has failed; the demo says so. */
const LIMIT_MS = 10 * 60_000;
/** At this pace a person can watch the agents work. */
const READABLE_LATENCY_MS = 400;

const ENDED = ["delivered", "closed", "cancelled", "failed"];

async function demo(options: DemoOptions): Promise<boolean> {
	const progress = new Progress();
	const started = performance.now();
	progress.say("Starting a GitHub, a scripted model and Modelwright …");
	const stage = await setStage({
		seed: options.seed,
		...(options.auto ? {} : { latencyMs: READABLE_LATENCY_MS }),
	});
	try {
		const issue = await openTask(stage);
		const page = `${stage.forge.base}/${stage.repository}/issues/${issue}`;
		progress.say(`The issue: ${page}`);
		const state = await follow(stage, issue, options, progress);
		const seconds = (performance.now() - started) / 1_000;
		const outcome = await outcomeOf(stage, issue, seconds);
		tell(outcome, state, page, progress);
		if (options.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
		if (!options.auto) {
			progress.say("The pages stay up until you press Ctrl-C.");
			await new Promise((resolve) => process.once("SIGINT", resolve));
		}
		return state === "delivered" && stage.forge.violations.length === 0;
	} finally {
		await stage.close();
	}
}

async function openTask({ forge, repository, sample }: Stage) {
	const { number } = await forge.acts.openIssue(
		repository,
		PERSON,
		sample.issue,
	);
	await forge.acts.label(repository, number, PERSON, "ml-task");
	return number;
}

/** Watches the run to its end and answers its gates; returns the last state. */
async function follow(
	{ forge, model, repository, app }: Stage,
	issue: number,
	{ auto }: DemoOptions,
	progress: Progress,
): Promise<string> {
	const answered = new Set<string>();
	const deadline = Date.now() + LIMIT_MS;
	while (Date.now() < deadline) {
		if (app.child.exitCode !== null)
			throw new Error(`The app ended:\n${app.log()}`);
		const comments = markedComments(forge, repository, issue);
		const now = standing(comments);
		if (now) progress.show(now, agentsAtWork(model));
		if (now && ENDED.includes(now.state)) return now.state;
		const command = askedCommand(comments);
		const gate = `${now?.phase}/${now?.attempt}/${command}`;
		if (now?.state === "waiting" && command && !answered.has(gate)) {
			answered.add(gate);
			progress.say(`Phase ${now.phase} asks. The answer: ${command}`);
			if (!auto) await enter(`Press Enter to give it as ${PERSON} …`);
			const still = standing(markedComments(forge, repository, issue));
			if (still?.state === "waiting" && still.phase === now.phase)
				await forge.acts.comment(repository, issue, PERSON, command);
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(
		`The run did not end within ${LIMIT_MS / 60_000} minutes. The app's log:\n${app.log()}`,
	);
}

/** Agents that wait for the model's answer at this moment. */
const agentsAtWork = ({ journal }: Stage["model"]) => [
	...new Set(
		journal.filter(({ complete }) => !complete).map(({ agent }) => agent),
	),
];

async function enter(question: string) {
	const terminal = createInterface(process.stdin, process.stderr);
	await terminal.question(question);
	terminal.close();
}

function tell(
	outcome: Outcome,
	state: string,
	page: string,
	progress: Progress,
) {
	const { pullRequests, checkRuns, model, github, wallSeconds } = outcome;
	const annotations = checkRuns.reduce((n, run) => n + run.annotations, 0);
	progress.say(
		[
			`The run is ${state} after ${wallSeconds.toFixed(1)} s: ${page}`,
			`  ${outcome.phases.length} phases, ${pullRequests.length} pull requests, ${checkRuns.length} check runs with ${annotations} annotations`,
			`  evaluation: ${JSON.stringify(outcome.evaluation)}`,
			`  model: ${model.requests} requests, $${model.usd.toFixed(2)} at list prices; GitHub: ${github.reads} reads, ${github.writes} writes, ${github.violations} contract violations`,
		].join("\n"),
	);
}

const finished = await demo(readArguments(process.argv)).catch(
	(error: unknown) => {
		process.stderr.write(
			`\n${error instanceof Error ? error.message : String(error)}\n`,
		);
		return false;
	},
);
process.exit(finished ? 0 : 1);
