// Starting a job on the repository's own runners, once: what it is called is
// noted before GitHub hears of it, so that whatever got lost on the way, an
// answer or this process, it is found by its name rather than started again.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { holdsSecret } from "../run/redact.ts";
import { WORKFLOW_FILE } from "../views/onboarding/workflow.ts";
import type { RepositoryClient } from "./app-client.ts";
import { ONCE } from "./create-once.ts";
import { isUncertain, statusOf } from "./fault.ts";
import {
	differenceOf,
	dropJob,
	type JobFiles,
	keepJob,
	writeJob,
} from "./job-commit.ts";
import type { Memory } from "./memory.ts";
import { branchHead, readRepository } from "./repository.ts";
import { type TreeFile, textOf } from "./trees.ts";
import { cancelRun, findWorkflowRuns } from "./workflow-runs.ts";

export interface JobRequest extends JobFiles {
	/** The same job has the same key after a crash, and no other job has it. */
	readonly key: string;
	/** What the job is for, shown in the run's name. */
	readonly what: string;
	readonly labels: readonly string[];
	readonly minutes: number;
	readonly requirements: string;
}

export interface StartedJob {
	readonly nonce: string;
	/** The workflow's run. */
	readonly run: number;
	/** Where the workflow stood when the job was started. */
	readonly head: { readonly branch: string; readonly sha: string };
	readonly since: string;
}

/** Noted step by step. */
type Note = Pick<StartedJob, "nonce" | "since"> &
	Partial<StartedJob> & { readonly commit?: string };

export interface Dispatcher {
	readonly client: RepositoryClient;
	readonly memory: Memory;
	readonly secrets: readonly string[];
}

/** Throws where GitHub refuses, and where a secret of this server would leave. */
export async function startJob(
	{ client, memory, secrets }: Dispatcher,
	key: string,
	request: JobRequest,
): Promise<StartedJob> {
	const noted = (await memory.recall(key)) as Note | undefined;
	const note = async (more: Partial<Note>, before: Note) => {
		const now: Note = { ...before, ...more };
		await memory.remember(key, now);
		return now;
	};
	let now = noted ?? (await note({}, newNote()));
	if (!now.commit) {
		const difference = await differenceOf(client, request);
		refuseSecrets([...difference.changed, ...request.beside], secrets);
		const message = `${request.what}\n\nFiles of one job; this commit is on no branch and goes when the job has ended.`;
		const commit = await writeJob(client, request, difference, message);
		now = await note({ commit }, now);
	}
	if (now.run === undefined) {
		await keepJob(client, now.nonce, now.commit as string);
		if (!now.head) now = await note({ head: await workflowHead(client) }, now);
		const run = await dispatchOnce(client, request, now, noted !== undefined);
		now = await note({ run }, now);
	}
	return now as StartedJob;
}

/** Stops what still runs of it, and takes its files away. */
export async function endJob(
	client: RepositoryClient,
	{ nonce, since }: StartedJob,
): Promise<void> {
	for (const run of await findWorkflowRuns(client, nonce, since))
		if (run.status !== "completed") await cancelRun(client, run.id);
	await dropJob(client, nonce);
}

/** Clocks differ, and GitHub's list is asked by its own. */
const CLOCKS_DIFFER_MS = 600_000;

const newNote = (): Note => ({
	nonce: randomBytes(16).toString("hex"),
	since: new Date(Date.now() - CLOCKS_DIFFER_MS)
		.toISOString()
		.replace(/\.\d+Z$/, "Z"),
});

/** A job's tables look like anything, but what this server holds they never do. */
function refuseSecrets(
	files: readonly TreeFile[],
	secrets: readonly string[],
): void {
	for (const { path, content } of files) {
		const text = textOf(content) ?? Buffer.from(content).toString("latin1");
		if (holdsSecret(text, secrets))
			throw new Error(`${path} holds a secret of this server`);
	}
}

async function workflowHead(client: RepositoryClient) {
	const { defaultBranch: branch } = await readRepository(client);
	const sha = await branchHead(client, branch);
	if (sha) return { branch, sha };
	throw new Error(`the default branch ${branch} has no commit`);
}

const TRIES = 3;
/** GitHub may show a run some seconds after it took it. */
const LOOK_AFTER_SECONDS = [0, 2, 4, 8, 16, 30];

async function dispatchOnce(
	client: RepositoryClient,
	request: JobRequest,
	note: Note,
	tried: boolean,
): Promise<number> {
	let mayBeThere = tried;
	for (let attempt = 1; ; attempt += 1) {
		const found = mayBeThere ? await lookFor(client, note) : undefined;
		if (found !== undefined) return found;
		mayBeThere = true;
		try {
			const run = await dispatch(client, request, note);
			if (run !== undefined) return run;
		} catch (error) {
			if (!isUncertain(error) || attempt === TRIES) throw error;
			continue;
		}
		const taken = await lookFor(client, note);
		if (taken !== undefined) return taken;
		throw new Error("GitHub took the job and shows no run of it");
	}
}

async function lookFor(
	client: RepositoryClient,
	{ nonce, since }: Note,
): Promise<number | undefined> {
	for (const seconds of LOOK_AFTER_SECONDS) {
		await sleep(seconds * client.secondMs);
		const [first] = await findWorkflowRuns(client, nonce, since);
		if (first) return first.id;
	}
	return undefined;
}

/** The run's id; older hosts do not tell it. */
async function dispatch(
	client: RepositoryClient,
	request: JobRequest,
	{ nonce, commit = "", head }: Note,
): Promise<number | undefined> {
	const order = {
		...client.at,
		...ONCE,
		workflow_id: WORKFLOW_FILE,
		ref: head?.branch ?? "",
		inputs: {
			...{ run: request.what, nonce, commit },
			labels: JSON.stringify(request.labels),
			minutes: String(request.minutes),
			requirements: request.requirements,
		},
	};
	const { createWorkflowDispatch } = client.octokit.rest.actions;
	const { data } = await createWorkflowDispatch({
		...order,
		return_run_details: true,
	}).catch((error: unknown) => {
		const isUnknown =
			statusOf(error) === 422 && /return_run_details/.test(String(error));
		if (!isUnknown) throw error;
		return createWorkflowDispatch(order);
	});
	return (data as { workflow_run_id?: number } | undefined)?.workflow_run_id;
}
