// Check runs. Annotations go up in batches and only ever add up, so a try that
// was cut off is continued where it ended, never begun again.
import { setTimeout as sleep } from "node:timers/promises";
import type { CheckAnnotation, CheckView } from "../views/check.ts";
import type { RepositoryClient } from "./app-client.ts";
import { createOnce, ONCE } from "./create-once.ts";
import { isUncertain } from "./fault.ts";

/**
 * One check run is known by name, commit and external id. The annotations of an
 * external id never change: whoever has others to show takes another id.
 */
export interface CheckRequest extends Omit<CheckView, "conclusion"> {
	readonly headSha: string;
	readonly externalId: string;
	readonly status: "in_progress" | "completed";
	/** Needed when completed. */
	readonly conclusion?: CheckView["conclusion"];
}

export interface Check {
	readonly id: number;
	readonly url: string;
	readonly annotations: number;
	readonly title: string;
	readonly summary: string;
	readonly status: string;
	readonly conclusion: string | null;
}

/** GitHub's limit per request. */
export const BATCH = 50;

const FAILURES = 4;

export async function postCheck(
	client: RepositoryClient,
	request: CheckRequest,
	known?: number,
	tried = true,
): Promise<Check> {
	const { annotations } = request;
	let check = await createOnce(
		() => findCheck(client, request, known),
		() => createCheck(client, request),
		client.secondMs,
		tried,
	);
	for (let failures = 0; check.annotations < annotations.length; ) {
		const sent = check.annotations;
		const next = annotations.slice(sent, sent + BATCH);
		const last = sent + next.length >= annotations.length;
		try {
			check = await updateCheck(client, check, request, next, last);
		} catch (error) {
			failures += 1;
			if (!isUncertain(error) || failures === FAILURES) throw error;
			await sleep(failures * client.secondMs);
			check = await readCheck(client, check.id);
		}
	}
	return isAsWanted(check, request)
		? check
		: updateCheck(client, check, request, [], true);
}

const isAsWanted = (check: Check, request: CheckRequest): boolean =>
	check.title === request.title &&
	check.summary === request.summary &&
	check.status === request.status &&
	(check.conclusion ?? undefined) === request.conclusion;

interface Raw {
	readonly id: number;
	readonly html_url: string | null;
	readonly external_id: string | null;
	readonly status: string;
	readonly conclusion: string | null;
	readonly output: {
		readonly title: string | null;
		readonly summary: string | null;
		readonly annotations_count: number;
	};
	readonly app: { readonly id: number } | null;
}

const shape = (raw: Raw): Check => ({
	id: raw.id,
	url: raw.html_url ?? "",
	annotations: raw.output.annotations_count ?? 0,
	title: raw.output.title ?? "",
	summary: raw.output.summary ?? "",
	status: raw.status,
	conclusion: raw.conclusion,
});

/** The count in an answer may not have caught up with what was just taken. */
function counted(raw: Raw, sent: number): Check {
	const check = shape(raw);
	return { ...check, annotations: Math.max(sent, check.annotations) };
}

async function readCheck(client: RepositoryClient, id: number): Promise<Check> {
	const { data } = await client.octokit.rest.checks.get({
		...client.at,
		check_run_id: id,
	});
	return shape(data);
}

async function findCheck(
	client: RepositoryClient,
	{ name, headSha, externalId }: CheckRequest,
	known: number | undefined,
): Promise<Check | undefined> {
	if (known !== undefined) return readCheck(client, known);
	const { id: appId } = await client.identity();
	const runs: Raw[] = await client.octokit.paginate(
		client.octokit.rest.checks.listForRef,
		{
			...client.at,
			ref: headSha,
			check_name: name,
			filter: "all",
			per_page: 100,
		},
	);
	const found = runs.find(
		(run) => run.external_id === externalId && run.app?.id === appId,
	);
	return found && shape(found);
}

/** Completed only when nothing has to follow: GitHub shows buttons from then on. */
async function createCheck(
	client: RepositoryClient,
	request: CheckRequest,
): Promise<Check> {
	const { name, headSha, externalId, annotations } = request;
	const complete = annotations.length <= BATCH;
	const first = annotations.slice(0, BATCH);
	const { data } = await client.octokit.rest.checks.create({
		...client.at,
		...ONCE,
		name,
		head_sha: headSha,
		external_id: externalId,
		...state(request, complete),
		output: output(request, first),
	});
	return counted(data, first.length);
}

async function updateCheck(
	client: RepositoryClient,
	check: Check,
	request: CheckRequest,
	annotations: readonly CheckAnnotation[],
	last: boolean,
): Promise<Check> {
	const { data } = await client.octokit.rest.checks.update({
		...client.at,
		...ONCE,
		check_run_id: check.id,
		...state(request, last),
		output: output(request, annotations),
	});
	return counted(data, check.annotations + annotations.length);
}

/** The fields that say where a check stands, as GitHub's types want them together. */
function state(request: CheckRequest, complete: boolean) {
	const { status, conclusion, actions } = request;
	if (!complete || status !== "completed" || !conclusion)
		return { status: "in_progress" as const };
	return {
		status: "completed" as const,
		conclusion,
		...(actions?.length ? { actions: [...actions] } : {}),
	};
}

const output = (
	{ title, summary }: CheckRequest,
	annotations: readonly CheckAnnotation[],
) => ({
	title,
	summary,
	annotations: annotations.map((annotation) => ({
		path: annotation.path,
		start_line: annotation.startLine,
		end_line: annotation.endLine,
		annotation_level: annotation.level,
		title: annotation.title,
		message: annotation.message,
		...(annotation.details ? { raw_details: annotation.details } : {}),
	})),
});
