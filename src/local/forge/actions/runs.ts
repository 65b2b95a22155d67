// Runs of workflows: begun by a dispatch, done in the background, and told of
// when they end.

import type { RunFault } from "../faults.ts";
import { runShape, workflowShape } from "../shapes/workflow-run.ts";
import {
	type Account,
	nextId,
	type Repository,
	timestamp,
	type WorkflowRun,
} from "../state.ts";
import { emit } from "../webhooks/emit.ts";
import type { Turn, World } from "../world.ts";
import { performJob } from "./perform-job.ts";
import { fill, type Inputs, type Workflow } from "./workflow-file.ts";

export interface Dispatched {
	readonly workflow: Workflow;
	readonly path: string;
	readonly inputs: Inputs;
	readonly branch: string;
	readonly sha: string;
	readonly fault: RunFault | null;
}

const SOMEBODY: Account = {
	id: 1,
	login: "somebody",
	type: "User",
	createdAt: "1970-01-01T00:00:00Z",
};

export function beginRun(
	world: World,
	repository: Repository,
	actor: Account,
	{ workflow, path, inputs, branch, sha, fault }: Dispatched,
): WorkflowRun {
	const { state } = world;
	const stopping = new AbortController();
	const now = timestamp();
	const run: WorkflowRun = {
		id: nextId(state),
		title: fill(workflow["run-name"] ?? workflow.name, inputs),
		workflow: { id: repository.id * 10, name: workflow.name, path },
		event: "workflow_dispatch",
		inputs,
		headBranch: fault === "another branch" ? "theirs" : branch,
		headSha: sha,
		actor: fault === "another actor" ? SOMEBODY : actor,
		...{ status: "queued", conclusion: null, attempt: 1 },
		...{ createdAt: now, updatedAt: now, artifacts: [], log: "" },
		cancel: () => {
			stopping.abort();
			if (run.status === "queued") end(world, repository, run, "cancelled");
		},
	};
	repository.workflowRuns.set(run.id, run);
	world.closing.addEventListener("abort", () => stopping.abort());
	if (fault === "never starts") return run;
	if (fault === "is cancelled") {
		setTimeout(() => run.cancel(), 20);
		return run;
	}
	run.status = "in_progress";
	void performJob(world, repository, workflow, inputs, stopping.signal).then(
		({ conclusion, artifacts, log }) => {
			if (world.closing.aborted) return;
			Object.assign(run, { artifacts, log });
			if (fault === "another artifact")
				for (const artifact of artifacts)
					artifact.zip = Buffer.concat([artifact.zip, Buffer.from("more")]);
			end(world, repository, run, conclusion);
		},
	);
	return run;
}

function end(
	world: World,
	repository: Repository,
	run: WorkflowRun,
	conclusion: string,
): void {
	Object.assign(run, { status: "completed", conclusion });
	run.updatedAt = timestamp();
	const turn: Turn = { world, actor: run.actor, viaApp: false, outbox: [] };
	emit(turn, repository, "workflow_run", "completed", {
		workflow: workflowShape(world, repository, run.workflow),
		workflow_run: runShape(world, repository, run),
	});
	world.courier.send(turn.outbox);
}
