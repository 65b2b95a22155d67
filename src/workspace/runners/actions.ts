// The repository's own runners, through GitHub Actions: a job becomes a commit,
// a run of the workflow that the repository keeps for it, and an artifact. What
// this isolates and what not is in docs/runners.md.
import { messageOf } from "../../errors.ts";
import { faultOf } from "../../github/fault.ts";
import type { Publisher } from "../../github/publisher.ts";
import type { Reader } from "../../github/reading.ts";
import type { StartedJob } from "../../github/start-job.ts";
import type { ActionsConfig } from "../../run/config.ts";
import { digestOf, sha256 } from "../../run/digest.ts";
import { WORKFLOW_PATH } from "../../views/onboarding/workflow.ts";
import { jobFiles } from "./actions/job-files.ts";
import { judgeRun, shownAt } from "./actions/judge-run.ts";
import { waitForRun } from "./actions/wait-for-run.ts";
import { inputBytes, tooLarge } from "./job-size.ts";
import { refused } from "./judge-job.ts";
import type { Job, JobResult, Runner, SelfTest } from "./runner.ts";

export interface ActionsOptions {
	readonly reader: Pick<
		Reader,
		| "artifact"
		| "changedSince"
		| "identity"
		| "repository"
		| "workflowRun"
		| "workflowState"
	>;
	readonly publisher: Pick<Publisher, "startJob" | "endJob">;
	readonly config: ActionsConfig;
	/** A commit of the repository, and most of a job's files. */
	readonly base: () => Promise<string>;
	/** What the jobs are for; the same after a crash, and never the same again. */
	readonly scope: string;
	/** How long a second lasts; tests make it short. */
	readonly secondMs?: number;
	/** A job has been away for minutes; what is returned is called when it is back. */
	readonly onLate?: (job: LateJob) => () => void;
}

export interface LateJob {
	readonly page: string;
	/** ISO time. */
	readonly since: string;
}

/** Somebody has to bring a runner up, or a queue has to empty. */
const QUEUE_MINUTES = 120;
/** For fetching, installing and handing over. */
const SPARE_MINUTES = 20;

export function actionsRunner(options: ActionsOptions): Runner {
	const asked = new Map<string, number>();
	/** The same job asked for again is another one: what comes of both may differ. */
	const keyOf = (job: Job) => {
		const digest = jobDigest(job);
		const before = asked.get(digest) ?? 0;
		asked.set(digest, before + 1);
		return `${options.scope}/${digest}/${before}`;
	};
	return {
		name: "actions",
		selfTest: () => selfTest(options).catch(asFailed),
		async run(given, signal) {
			const seconds = options.config.minutes * 60;
			const job = { ...given, limits: { ...given.limits, seconds } };
			const large = tooLarge(inputBytes(job), "actions");
			if (large) return large;
			const key = keyOf(job);
			return runJob(options, job, key, signal).catch((error: unknown) =>
				refused("unavailable", asFailed(error).reason),
			);
		},
	};
}

const asFailed = (error: unknown) => ({
	ok: false as const,
	reason: `GitHub Actions cannot be used: ${faultOf(error)?.message ?? messageOf(error)}`,
});

/** What can be known without starting anything. */
async function selfTest({
	reader,
}: Pick<ActionsOptions, "reader">): Promise<SelfTest> {
	const { permissions } = await reader.identity();
	const failed = (reason: string): SelfTest => ({ ok: false, reason });
	if (permissions && permissions.actions !== "write")
		return failed(
			"The App may not start workflows: give it the permission Actions, read and write, in its settings, and accept it in the installation's.",
		);
	const state = await reader.workflowState();
	if (state === undefined)
		return failed(
			`The default branch has no ${WORKFLOW_PATH}: \`modelwright init --actions\` writes it, and docs/runners.md tells of it.`,
		);
	if (state !== "active")
		return failed(
			`${WORKFLOW_PATH} is switched off (${state}): enable it on the repository's Actions page.`,
		);
	return { ok: true };
}

async function runJob(
	options: ActionsOptions,
	job: Job,
	key: string,
	signal: AbortSignal | undefined,
): Promise<JobResult> {
	const test = await selfTest(options);
	if (!test.ok) return refused("unavailable", test.reason);
	const { publisher, config, scope } = options;
	const { labels, minutes, requirements } = config;
	const started = await publisher.startJob({
		...(await jobFiles(job, await options.base())),
		...{ key, what: scope, labels, requirements },
		minutes: minutes + SPARE_MINUTES,
	});
	try {
		return await outcome(options, job, started, signal);
	} finally {
		// What cannot be put away harms nobody.
		await publisher.endJob(started).catch(() => {});
	}
}

async function outcome(
	options: ActionsOptions,
	job: Job,
	started: StartedJob,
	signal: AbortSignal | undefined,
): Promise<JobResult> {
	const { reader, config, secondMs = 1_000 } = options;
	const { labels, minutes } = config;
	let isBack = () => {};
	const waited = await waitForRun({
		run: started.run,
		onLate({ page, createdAt: since }) {
			isBack = options.onLate?.({ page, since }) ?? isBack;
		},
		read: (run) => reader.workflowRun(run),
		minutes: { queued: QUEUE_MINUTES, running: minutes + 2 * SPARE_MINUTES },
		...{ secondMs, signal },
	}).finally(() => isBack());
	switch (waited.how) {
		case "ended":
			return judgeRun(options, job, started, waited.run);
		case "stopped":
			return refused("failed", "The job was cancelled.");
		case "never started":
			return shownAt(
				waited.run,
				refused(
					"unavailable",
					`No runner took the job within ${QUEUE_MINUTES} minutes. It asks for the labels ${labels.join(", ")}: start such a runner, or change actions.labels in .github/modelwright.yml; then /retry.`,
				),
			);
		case "too long":
			return shownAt(
				waited.run,
				refused(
					"timed out",
					`The workflow's run did not end within the ${minutes} minutes of actions.minutes and was stopped.`,
				),
			);
	}
}

/** Of all that a job is made of. */
const jobDigest = ({ files, later, commands, collect }: Job): string =>
	digestOf({
		...{ commands, collect, later },
		files: [...files]
			.map(([path, content]) => `${path}\n${sha256(content)}`)
			.sort(),
	}).slice(0, 20);
