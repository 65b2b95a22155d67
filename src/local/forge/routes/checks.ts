import { answer, type Call, idParam, paged, type Routes } from "../call.ts";
import {
	apply,
	type CheckRequest,
	createCheck,
	requireSound,
	tellCheck,
} from "../changes/checks.ts";
import { resolveCommit } from "../git/refs.ts";
import { notFound, Problem } from "../problem.ts";
import { annotationShape, checkShape } from "../shapes/check.ts";
import type { CheckRun } from "../state.ts";

function findRun(call: Call): CheckRun {
	const run = call.repository.checkRuns.get(idParam(call, "check_run_id"));
	if (!run) throw notFound();
	return run;
}

export const checkRoutes = {
	"checks/create": async (call) => {
		const wanted = call.body as CheckRequest & { name: string };
		const run = await createCheck(call, call.repository, wanted);
		return answer(201, checkShape(call.world, call.repository, run));
	},

	"checks/update": (call) => {
		const run = findRun(call);
		if (run.app)
			throw new Problem(
				403,
				`Invalid app_id \`${call.world.app.id}\` - check run can only be modified by the GitHub App that created it.`,
			);
		const wanted = call.body as CheckRequest;
		requireSound(wanted);
		const before = run.status;
		apply(run, wanted);
		if (run.status === "completed" && before !== "completed")
			tellCheck(call, call.repository, run, "completed");
		return answer(200, checkShape(call.world, call.repository, run));
	},

	"checks/get": (call) =>
		answer(200, checkShape(call.world, call.repository, findRun(call))),

	"checks/list-for-ref": async (call) => {
		const { world, repository, query, params } = call;
		const sha = await resolveCommit(repository.directory, params.ref ?? "");
		if (!sha) throw new Problem(422, `No commit found for SHA: ${params.ref}`);
		const name = query.get("check_name");
		const status = query.get("status");
		const appId = query.get("app_id");
		const runs = [...repository.checkRuns.values()].filter(
			(run) =>
				run.headSha === sha &&
				(!name || run.name === name) &&
				(!status || run.status === status) &&
				(!appId || Number(appId) === (run.app ?? world.app).id),
		);
		const latest = new Map(
			runs.map((run) => [`${run.app?.id} ${run.name}`, run]),
		);
		const shown = query.get("filter") === "all" ? runs : [...latest.values()];
		const show = (run: CheckRun) => checkShape(world, repository, run);
		return paged(call, shown, show, "check_runs");
	},

	"checks/list-annotations": (call) => {
		const { world, repository } = call;
		const run = findRun(call);
		return paged(call, run.annotations, (annotation) =>
			annotationShape(world, repository, run, annotation),
		);
	},
} satisfies Routes;
