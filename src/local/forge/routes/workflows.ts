// GitHub Actions, as far as one workflow that is dispatched.
import { beginRun } from "../actions/runs.ts";
import {
	checkInputs,
	type Inputs,
	readWorkflow,
} from "../actions/workflow-file.ts";
import { answer, type Call, idParam, paged, type Routes } from "../call.ts";
import { readObject } from "../git/objects.ts";
import { readBranch } from "../git/refs.ts";
import { tryGit } from "../git/run.ts";
import { notFound, Problem } from "../problem.ts";
import { artifactAddress } from "../server/artifacts.ts";
import {
	artifactShape,
	runShape,
	workflowShape,
} from "../shapes/workflow-run.ts";
import type { WorkflowRun } from "../state.ts";

const pathOf = (call: Call) => `.github/workflows/${call.params.workflow_id}`;

/** The file on the default branch, or on the one that is named. */
async function workflowText(call: Call, branch: string): Promise<string> {
	const { directory } = call.repository;
	const place = `refs/heads/${branch}:${pathOf(call)}`;
	const found = await tryGit(directory, ["rev-parse", "--verify", place]);
	const id = found.stdout.toString().trim();
	const file = found.code === 0 ? await readObject(directory, id) : null;
	if (file?.type !== "blob") throw notFound();
	return file.content.toString();
}

function findRun(call: Call): WorkflowRun {
	const run = call.repository.workflowRuns.get(idParam(call, "run_id"));
	if (!run) throw notFound();
	return run;
}

const show = (call: Call) => (run: WorkflowRun) =>
	runShape(call.world, call.repository, run);

export const workflowRoutes = {
	"actions/get-workflow": async (call) => {
		const { world, repository } = call;
		const text = await workflowText(call, repository.defaultBranch);
		const workflow = {
			...{ id: repository.id * 10, path: pathOf(call) },
			name: readWorkflow(text).name,
		};
		return answer(200, workflowShape(world, repository, workflow));
	},

	"actions/create-workflow-dispatch": async (call) => {
		const { world, repository, actor } = call;
		const order = call.body as {
			ref: string;
			inputs?: Inputs;
			return_run_details?: boolean;
		};
		const { ref: branch, inputs = {} } = order;
		const sha = await readBranch(repository.directory, branch);
		if (!sha) throw new Problem(422, `No ref found for: ${branch}`);
		const workflow = readWorkflow(await workflowText(call, branch));
		checkInputs(workflow, inputs);
		const fault = world.faults.takeRun();
		const begin = () =>
			beginRun(world, repository, actor, {
				...{ workflow, path: pathOf(call), inputs, branch, sha, fault },
			});
		const run = begin();
		if (fault === "starts twice") begin();
		if (!order.return_run_details || fault === "tells no run")
			return { status: 204 };
		const { url, html_url } = show(call)(run) as Record<string, string>;
		return answer(200, { workflow_run_id: run.id, run_url: url, html_url });
	},

	"actions/list-workflow-runs": (call) => {
		const event = call.query.get("event");
		const runs = [...call.repository.workflowRuns.values()]
			.filter(({ workflow }) => workflow.path === pathOf(call))
			.filter((run) => !event || run.event === event)
			.reverse();
		return paged(call, runs, show(call), "workflow_runs");
	},

	"actions/get-workflow-run": (call) => answer(200, show(call)(findRun(call))),

	"actions/cancel-workflow-run": (call) => {
		const run = findRun(call);
		if (run.status === "completed")
			throw new Problem(409, "Cannot cancel a workflow run that is completed.");
		run.cancel();
		return answer(202, {});
	},

	"actions/list-workflow-run-artifacts": (call) => {
		const run = findRun(call);
		const name = call.query.get("name");
		const named = run.artifacts.filter((one) => !name || one.name === name);
		const { world, repository } = call;
		return paged(
			call,
			named,
			(one) => artifactShape(world, repository, run, one),
			"artifacts",
		);
	},

	"actions/download-artifact": (call) => {
		const id = idParam(call, "artifact_id");
		const found = [...call.repository.workflowRuns.values()]
			.flatMap(({ artifacts }) => artifacts)
			.find((artifact) => artifact.id === id);
		if (!found) throw notFound();
		const location = artifactAddress(call.world, found.key);
		return { status: 302, headers: { location } };
	},
} satisfies Routes;
