// Check runs, as Apps report them.
import { randomUUID } from "node:crypto";
import { hasObject } from "../git/objects.ts";
import { Problem, refused } from "../problem.ts";
import { checkPayload } from "../shapes/check.ts";
import {
	type Annotation,
	type CheckAction,
	type CheckRun,
	nextId,
	type Repository,
	timestamp,
} from "../state.ts";
import { emit } from "../webhooks/emit.ts";
import type { Turn } from "../world.ts";

export interface CheckRequest {
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

/** What another App than ours reports. */
export interface Foreign {
	app: CheckRun["app"] & {};
	/** What its job printed. */
	log?: string;
}

export async function createCheck(
	turn: Turn,
	repository: Repository,
	wanted: CheckRequest & { name: string },
	{ app, log }: Partial<Foreign> = {},
): Promise<CheckRun> {
	requireSound(wanted);
	const headSha = wanted.head_sha;
	if (!(await hasObject(repository.directory, headSha, "commit")))
		throw new Problem(422, `No commit found for SHA: ${headSha}`);
	const run: CheckRun = {
		id: nextId(turn.world.state),
		...(app ? { app } : {}),
		...(log === undefined ? {} : { log: { text: log, key: randomUUID() } }),
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
	tellCheck(turn, repository, run, "created");
	if (run.status === "completed") tellCheck(turn, repository, run, "completed");
	return run;
}

/** What the schema leaves open and GitHub refuses all the same. */
export function requireSound({
	status,
	conclusion,
	output,
}: CheckRequest): void {
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
export function apply(run: CheckRun, wanted: CheckRequest): void {
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

export function tellCheck(
	turn: Turn,
	repository: Repository,
	run: CheckRun,
	action: "created" | "completed",
): void {
	emit(turn, repository, "check_run", action, {
		check_run: checkPayload(turn.world, repository, run),
	});
}
