// What a workflow's run came to: it has to be the one that was started, and its
// artifact the one that GitHub tells of, before anything in it is looked at.
import type { StartedJob } from "../../../github/start-job.ts";
import type { WorkflowRun } from "../../../github/workflow-runs.ts";
import {
	artifactNamed,
	WORKFLOW_PATH,
} from "../../../views/onboarding/workflow.ts";
import type { ActionsOptions } from "../actions.ts";
import { judgeJob, refused } from "../judge-job.ts";
import type { Job, JobResult } from "../runner.ts";
import {
	MOST_COLLECTED_BYTES,
	MOST_OUTPUT_BYTES,
	transcript,
} from "../transcript.ts";
import { readResult } from "./read-result.ts";
import { strangeAbout } from "./verify-run.ts";

type Judged = Omit<JobResult, "elsewhere">;

/** All that a transcript may hold. */
const MOST_BYTES = MOST_COLLECTED_BYTES + MOST_OUTPUT_BYTES + 1_048_576;

/** With the run's page, which shows what happened there. */
export async function judgeRun(
	{ reader }: Pick<ActionsOptions, "reader">,
	job: Job,
	started: StartedJob,
	run: WorkflowRun,
): Promise<JobResult> {
	const strange = await strangenessOf(reader, started, run);
	if (strange.length > 0)
		return shownAt(
			run,
			refused(
				"unavailable",
				`The workflow's run is not the one that was started: ${strange.join("; ")}. Nothing of it was read; /retry starts another.`,
			),
		);
	if (run.conclusion !== "success") return shownAt(run, failed(run.conclusion));
	const name = artifactNamed(started.nonce);
	const artifact = await reader.artifact(run.id, name, MOST_BYTES);
	if (!artifact.ok) return shownAt(run, nothing(artifact.why));
	const result = await readResult(artifact.zip, MOST_BYTES);
	if (!result.ok)
		return shownAt(run, nothing(`handed over no result: ${result.why}`));
	return shownAt(run, judgeBytes(job, result.bytes), isOffline(result.bytes));
}

async function strangenessOf(
	reader: ActionsOptions["reader"],
	job: StartedJob,
	run: WorkflowRun,
): Promise<string[]> {
	const [us, { id: repositoryId }, changed] = await Promise.all([
		reader.identity(),
		reader.repository(),
		reader.changedSince(job.head.sha, run.head.sha),
	]);
	const isSameWorkflow =
		changed !== undefined && !changed.includes(WORKFLOW_PATH);
	return strangeAbout(run, { job, us, repositoryId, isSameWorkflow });
}

const failed = (conclusion: string): Judged =>
	FAILED[conclusion] ?? broken(conclusion);

const FAILED: Readonly<Record<string, Judged>> = {
	cancelled: refused(
		"unavailable",
		"The workflow's run was cancelled on GitHub, by somebody or at a limit of time; /retry starts another.",
	),
	timed_out: refused(
		"timed out",
		"The workflow's run took longer than actions.minutes of .github/modelwright.yml allows.",
	),
};

const broken = (conclusion: string) =>
	refused(
		"unavailable",
		`The workflow's run ended with "${conclusion}" before it handed over a result; its log says which step failed.`,
	);

const nothing = (why: string) =>
	refused("unavailable", `The workflow's run ${why}; /retry starts another.`);

/** The driver's frames are as much of a claim as those of any other runner. */
function judgeBytes(job: Job, bytes: Uint8Array): Judged {
	const said = transcript(job);
	said.take(bytes);
	const end = { ending: "ended", complaint: "" } as const;
	const commands = said.commands();
	return {
		...judgeJob(job, said, end, "The job on GitHub Actions"),
		...{ commands, files: said.files },
		seconds: commands.reduce((sum, { seconds }) => sum + seconds, 0),
	};
}

/** As the first frame says. */
const isOffline = (bytes: Uint8Array) =>
	Buffer.from(bytes.subarray(5, 12)).toString() === "offline";

export function shownAt(
	{ page }: WorkflowRun,
	result: Judged,
	offline = false,
): JobResult {
	const reason = result.reason && `${result.reason} (${page})`;
	return { ...result, reason, elsewhere: { page, offline } };
}
