// The repository's own CI on a commit, checks of other apps and statuses, and
// what is known of those that failed.
import type { CiCheck } from "../reports/ci.ts";
import type { RepositoryClient } from "./app-client.ts";
import { type CheckRun, sayCheck } from "./failed-check.ts";
import { statusOf } from "./fault.ts";
import { readStatuses, type Status } from "./statuses.ts";

const PASSED: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);
const FAILED: ReadonlySet<string> = new Set(["failure", "timed_out"]);

/** `ref`: a commit, or "heads/…" for a branch's head; nothing is said where there is none. */
export async function readCi(
	client: RepositoryClient,
	ref: string,
): Promise<CiCheck[]> {
	try {
		const { checks, statuses } = await readAll(client, ref);
		return [...checks.map(shape), ...statuses];
	} catch (error) {
		if (NOWHERE.has(statusOf(error) ?? 0)) return [];
		throw error;
	}
}

const NOWHERE: ReadonlySet<number> = new Set([404, 422]);

async function readAll(client: RepositoryClient, ref: string) {
	const [checks, statuses] = await Promise.all([
		readOthers(client, ref),
		readStatuses(client, ref),
	]);
	return { checks, statuses };
}

async function readOthers(
	client: RepositoryClient,
	ref: string,
): Promise<CheckRun[]> {
	const { id } = await client.identity();
	const runs = await client.octokit.paginate(
		client.octokit.rest.checks.listForRef,
		{ ...client.at, ref, filter: "latest", per_page: 100 },
	);
	return runs.filter(({ app }) => app !== null && app.id !== id);
}

const shape = (run: CheckRun): CiCheck => ({
	...{ id: run.id, name: run.name, app: run.app?.slug ?? "" },
	...{ state: stateOf(run), conclusion: run.conclusion ?? "" },
	...(run.completed_at ? { endedAt: run.completed_at } : {}),
});

function stateOf({ status, conclusion }: CheckRun): CiCheck["state"] {
	if (status !== "completed") return "running";
	if (FAILED.has(conclusion ?? "")) return "failed";
	return PASSED.has(conclusion ?? "") ? "passed" : "stopped";
}

/** What is told of all failures together, in characters, and of how many. */
const [LONGEST, MOST_FAILURES] = [6_000, 5];

/** In others' words; empty where none of these fails any more. */
export async function readCiFailures(
	client: RepositoryClient,
	sha: string,
	wanted: readonly CiCheck[],
): Promise<string> {
	const { checks, statuses } = await readAll(client, sha);
	const ids = new Set(wanted.map(({ id }) => id));
	const failed = [
		...checks.filter((run) => stateOf(run) === "failed"),
		...statuses.filter(({ state }) => state === "failed"),
	]
		.filter(({ id }) => ids.has(id))
		.slice(0, MOST_FAILURES);
	const share = Math.floor(LONGEST / failed.length) - 2;
	const told: string[] = [];
	for (const one of failed)
		told.push(
			"page" in one
				? sayStatus(one).slice(0, share)
				: await sayCheck(client, one, share),
		);
	return told.join("\n\n");
}

const sayStatus = ({ name, conclusion, description, page }: Status) =>
	[`Status "${name}": ${conclusion}`, description, page]
		.filter(Boolean)
		.join("\n");
