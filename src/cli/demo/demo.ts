// `npm run demo`: the whole story on this machine, on a page you can open.
import { type DemoOptions, readArguments } from "./arguments.ts";
import {
	askedCommand,
	hasEnded,
	markedComments,
	standing,
} from "./issue-page.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { Progress } from "./progress.ts";
import { EnterKey } from "./prompt.ts";
import { type Stage, setStage } from "./stage.ts";

const PERSON = "alice";
/** A run that does not end in this time has failed; the demo says so. */
const LIMIT_MS = 10 * 60_000;
/** A person at the keyboard may take longer. */
const PATIENCE_MS = 24 * 3_600_000;
/** What fails as often will fail again. */
const MOST_RETRIES = 3;
/** At this pace a person can watch the agents work. */
const READABLE_LATENCY_MS = 400;

async function demo(options: DemoOptions): Promise<boolean> {
	const progress = new Progress();
	const started = performance.now();
	progress.say("Starting a GitHub, a scripted model and Modelwright …");
	const stage = await setStage({
		seed: options.seed,
		...(options.auto ? {} : { latencyMs: READABLE_LATENCY_MS }),
	});
	const interrupted = new Promise<never>((_, reject) => {
		for (const signal of ["SIGINT", "SIGTERM"])
			process.once(signal, () => reject(new Error("Stopped.")));
	});
	interrupted.catch(() => undefined);
	try {
		const issue = await openTask(stage);
		const page = `${stage.forge.base}/${stage.repository}/issues/${issue}`;
		progress.say(`The issue: ${page}`);
		const state = await Promise.race([
			follow(stage, issue, options, progress),
			interrupted,
		]);
		const seconds = (performance.now() - started) / 1_000;
		const outcome = await outcomeOf(stage, issue, seconds);
		tell(outcome, state, page, progress);
		if (options.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
		if (!options.auto) {
			progress.say("The pages stay up until you press Ctrl-C.");
			await interrupted.catch(() => undefined);
		}
		return state === "delivered" && stage.forge.violations.length === 0;
	} finally {
		progress.say("Stopping …");
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
	const key = new EnterKey();
	const deadline = Date.now() + (auto ? LIMIT_MS : PATIENCE_MS);
	let asked = "";
	let answered = "";
	let retries = 0;
	while (Date.now() < deadline) {
		if (app.child.exitCode !== null)
			throw new Error(`The app ended:\n${app.log()}`);
		const comments = markedComments(forge, repository, issue);
		const now = standing(comments);
		if (now && hasEnded(now)) return now.state;
		const command = askedCommand(comments);
		if (now?.state !== "waiting" || !command) {
			key.withdraw();
			if (now) progress.show(now, agentsAtWork(model));
		} else {
			const gate = `${now.phase}/${now.attempt}/${command}`;
			if (gate !== asked) {
				asked = gate;
				progress.say(`Phase ${now.phase} asks. An answer: ${command}`);
				if (!auto)
					key.ask(
						`Press Enter to give it as ${PERSON}, or decide on the page … `,
					);
			}
			if (gate !== answered && (auto || key.pressed)) {
				answered = gate;
				if (auto && command.startsWith("/retry") && ++retries > MOST_RETRIES)
					throw new Error(
						`The run does not go on. The app's log:\n${app.log()}`,
					);
				await forge.acts.comment(repository, issue, PERSON, command);
			}
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	throw new Error(`The run did not end in time. The app's log:\n${app.log()}`);
}

/** Agents that wait for the model's answer at this moment. */
const agentsAtWork = ({ journal }: Stage["model"]) => [
	...new Set(
		journal.filter(({ complete }) => !complete).map(({ agent }) => agent),
	),
];

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
