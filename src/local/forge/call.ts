import { isWrite, type OperationId } from "./operations.ts";
import { notFound, Problem } from "./problem.ts";
import type { Issue, Repository } from "./state.ts";
import { apiBase, type Caller, type Turn } from "./world.ts";

export interface Answer {
	status: number;
	/** JSON; absent: an empty answer. */
	body?: unknown;
	/** Instead of JSON. */
	raw?: { type: string; content: string | Uint8Array };
	headers?: Record<string, string>;
}

/** One request that has been authorised and whose body GitHub's schema allows. */
export interface Call extends Turn {
	id: OperationId;
	caller: Caller;
	/** Throws for an operation whose path names none. */
	readonly repository: Repository;
	/** Below the API root, as it was asked for. */
	path: string;
	params: Record<string, string>;
	query: URLSearchParams;
	body: unknown;
	/** The Accept header. */
	accept: string;
}

/** Must throw a Problem before it changes anything, or none at all. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** Used with `satisfies`, so that each noun keeps the list of what it answers. */
export type Routes = Partial<Record<OperationId, Handler>>;

export function answer(status: number, body: unknown): Answer {
	return { status, body };
}

export function idParam(call: Call, name: string): number {
	return Number(call.params[name]);
}

export function findIssue(call: Call, name = "issue_number"): Issue {
	const issue = call.repository.issues.get(idParam(call, name));
	if (!issue) throw missing(call, idParam(call, name));
	return issue;
}

/** GitHub says where a moved issue went, and that a deleted one is gone. */
function missing({ world, repository, id }: Call, number: number): Problem {
	const moved = repository.moved.get(number);
	if (moved && !isWrite(id)) {
		const { fullName } = moved.repository;
		const location = `${apiBase(world)}/repos/${fullName}/issues/${moved.number}`;
		return new Problem(301, "Moved Permanently", undefined, { location });
	}
	return !moved && number <= repository.lastNumber && number > 0
		? new Problem(410, "This issue was deleted")
		: notFound();
}

const MOST = 100;

/** One page of a list, with GitHub's Link header; a key gives the counted form. */
export async function paged<T>(
	call: Call,
	items: readonly T[],
	show: (item: T) => unknown,
	key?: string,
): Promise<Answer> {
	const size = clamp(call.query.get("per_page"), 30, MOST);
	const page = clamp(call.query.get("page"), 1, Number.MAX_SAFE_INTEGER);
	const shown = await Promise.all(
		items.slice((page - 1) * size, page * size).map(show),
	);
	const last = Math.max(1, Math.ceil(items.length / size));
	const body = key ? { total_count: items.length, [key]: shown } : shown;
	const link = linkHeader(call, page, last);
	return { status: 200, body, ...(link && { headers: { link } }) };
}

function clamp(text: string | null, absent: number, most: number): number {
	const value = Number(text ?? absent);
	return Number.isInteger(value) && value > 0 ? Math.min(value, most) : absent;
}

function linkHeader(call: Call, page: number, last: number): string {
	const rows: [string, number, boolean][] = [
		["prev", page - 1, page > 1],
		["next", page + 1, page < last],
		["last", last, page < last],
		["first", 1, page > 1],
	];
	return rows
		.filter(([, , wanted]) => wanted)
		.map(([rel, number]) => {
			const query = new URLSearchParams(call.query);
			query.set("page", String(number));
			return `<${apiBase(call.world)}${call.path}?${query}>; rel="${rel}"`;
		})
		.join(", ");
}
