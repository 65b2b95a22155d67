import { answer, type Call, idParam, paged, type Routes } from "../call.ts";
import { hasObject } from "../git/objects.ts";
import { resolveCommit } from "../git/refs.ts";
import { notFound, Problem, refused } from "../problem.ts";
import { annotationShape, checkPayload, checkShape } from "../shapes/check.ts";
import {
	type Annotation,
	type CheckAction,
	type CheckRun,
	nextId,
	timestamp,
} from "../state.ts";
import { emit } from "../webhooks/emit.ts";

interface CheckRequest {
	name?: string;
	head_sha: string;
	status?: CheckRun["status"];
	conclusion?: string;
	started_at?: string;
	completed_at?: string;
	external_id?: string;
	details_url?: string;
	output?: {
		title?: string;
		summary: string;
		text?: string;
		annotations?: Partial<Annotation>[];
	};
	actions?: CheckAction[];
}

const LONGEST_MESSAGE = 64 * 1024;

function findRun(call: Call): CheckRun {
	const run = call.repository.checkRuns.get(idParam(call, "check_run_id"));
	if (!run) throw notFound();
	return run;
}

export const checkRoutes = {
	"checks/create": async (call) => {
		const { world, repository } = call;
		const wanted = call.body as CheckRequest & { name: string };
		requireSound(wanted);
		const headSha = wanted.head_sha;
		if (!(await hasObject(repository.directory, headSha, "commit")))
			throw new Problem(422, `No commit found for SHA: ${headSha}`);
		const run: CheckRun = {
			id: nextId(world.state),
			name: wanted.name,
			headSha,
			status: "queued",
			conclusion: null,
			startedAt: wanted.started_at ?? timestamp(),
			completedAt: null,
			externalId: null,
			detailsUrl: null,
			output: { title: null, summary: null, text: null },
			annotations: [],
			actions: [],
		};
		repository.checkRuns.set(run.id, run);
		apply(run, wanted);
		tellCheck(call, run, "created");
		if (run.status === "completed") tellCheck(call, run, "completed");
		return answer(201, checkShape(world, repository, run));
	},

	"checks/update": (call) => {
		const run = findRun(call);
		const wanted = call.body as CheckRequest;
		requireSound(wanted);
		const before = run.status;
		apply(run, wanted);
		if (run.status === "completed" && before !== "completed")
			tellCheck(call, run, "completed");
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
				(!appId || Number(appId) === world.app.id),
		);
		const latest = new Map(runs.map((run) => [run.name, run]));
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

/** What the schema leaves open and GitHub refuses all the same. */
function requireSound({ status, conclusion, output }: CheckRequest): void {
	if (status === "completed" && conclusion === undefined)
		throw new Problem(
			422,
			'Invalid request.\n\n"conclusion" wasn\'t supplied.',
		);
	for (const annotation of output?.annotations ?? []) {
		const { start_line: start = 0, end_line: end = 0 } = annotation;
		const columns = annotation.start_column ?? annotation.end_column;
		if (end < start || start < 1)
			throw refused(
				"CheckRun",
				"Annotation end_line must not come before start_line",
			);
		if (columns != null && start !== end)
			throw refused(
				"CheckRun",
				"Annotation columns are allowed on a single line only",
			);
		if (Buffer.byteLength(annotation.message ?? "") > LONGEST_MESSAGE)
			throw refused(
				"CheckRun",
				"Annotation message exceeds a maximum of 64 KB",
			);
		if (annotation.message?.trim() === "")
			throw refused("CheckRun", "Annotation message can't be blank");
	}
}

/** Everything given replaces what was there, but annotations are added. */
function apply(run: CheckRun, wanted: CheckRequest): void {
	if (wanted.name !== undefined) run.name = wanted.name;
	if (wanted.started_at !== undefined) run.startedAt = wanted.started_at;
	run.externalId = wanted.external_id ?? run.externalId;
	run.detailsUrl = wanted.details_url ?? run.detailsUrl;
	run.actions = wanted.actions ?? run.actions;
	if (wanted.status && wanted.status !== "completed") {
		run.status = wanted.status;
		run.conclusion = null;
		run.completedAt = null;
	}
	if (wanted.conclusion !== undefined) {
		run.status = "completed";
		run.conclusion = wanted.conclusion;
		run.completedAt = wanted.completed_at ?? timestamp();
	}
	if (!wanted.output) return;
	const { annotations = [], title, summary, text } = wanted.output;
	run.output = {
		title: title ?? run.output.title,
		summary,
		text: text ?? null,
	};
	for (const annotation of annotations)
		run.annotations.push({
			path: annotation.path ?? "",
			start_line: annotation.start_line ?? 1,
			end_line: annotation.end_line ?? 1,
			start_column: annotation.start_column ?? null,
			end_column: annotation.end_column ?? null,
			annotation_level: annotation.annotation_level ?? "notice",
			title: annotation.title ?? null,
			message: annotation.message ?? "",
			raw_details: annotation.raw_details ?? null,
		});
}

function tellCheck(
	call: Call,
	run: CheckRun,
	action: "created" | "completed",
): void {
	const { world, repository } = call;
	emit(call, repository, "check_run", action, {
		check_run: checkPayload(world, repository, run),
	});
}
