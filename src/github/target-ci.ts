// The repository's own CI on a commit, checks of other apps and statuses, and
// what is known of those that failed.
import type { CiCheck } from "../reports/ci.ts";
import type { RepositoryClient } from "./app-client.ts";
import { readJobLog } from "./job-log.ts";
import { relevantLines } from "./log-lines.ts";
import { readStatuses, type Status } from "./statuses.ts";

const FAILED: ReadonlySet<string> = new Set(["failure", "timed_out"]);

/** `ref`: a commit, or a branch for its head. */
export async function readCi(
	client: RepositoryClient,
	ref: string,
): Promise<CiCheck[]> {
	const [checks, statuses] = await Promise.all([
		readOthers(client, ref),
		readStatuses(client, ref),
	]);
	return [...checks.map(shape), ...statuses];
}

type Raw = Awaited<ReturnType<typeof readOthers>>[number];

async function readOthers(client: RepositoryClient, ref: string) {
	const { id } = await client.identity();
	const runs = await client.octokit.paginate(
		client.octokit.rest.checks.listForRef,
		{ ...client.at, ref, filter: "latest", per_page: 100 },
	);
	return runs.filter(({ app }) => app !== null && app.id !== id);
}

const shape = ({ id, name, app, status, conclusion }: Raw): CiCheck => ({
	...{ id, name, app: app?.slug ?? "", conclusion: conclusion ?? "" },
	state:
		status !== "completed"
			? "running"
			: FAILED.has(conclusion ?? "")
				? "failed"
				: "passed",
});

/** What is read of one part of a check, in characters, and of all. */
const [LONGEST_PART, LONGEST] = [1_500, 6_000];
/** As many places of one check, and as many checks. */
const [MOST_PLACES, MOST_CHECKS] = [30, 5];

/** In others' words; empty where none of these fails any more. */
export async function readCiFailures(
	client: RepositoryClient,
	sha: string,
): Promise<string> {
	const [checks, statuses] = await Promise.all([
		readOthers(client, sha),
		readStatuses(client, sha),
	]);
	const failed = [
		...checks.filter((run) => shape(run).state === "failed"),
		...statuses.filter(({ state }) => state === "failed"),
	].slice(0, MOST_CHECKS);
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

async function sayCheck(
	client: RepositoryClient,
	run: Raw,
	most: number,
): Promise<string> {
	const { title, summary, text, annotations_count: count } = run.output;
	const places = count > 0 ? await readPlaces(client, run.id) : [];
	const log = await logOf(client, run);
	const said = [
		`Check "${run.name}": ${run.conclusion}`,
		...places,
		...[title, summary].flatMap((part) => part?.slice(0, LONGEST_PART) || []),
		// What went wrong stands at the end of a log.
		...(text ? [text.slice(-LONGEST_PART)] : []),
	]
		.join("\n")
		.slice(0, log ? most / 2 : most);
	if (!log) return said;
	const head = `${said}\nOf its log:\n`;
	return `${head}${relevantLines(log, most - head.length)}`;
}

/** A job of GitHub Actions and its check run have one number. */
const logOf = async (client: RepositoryClient, { id, app }: Raw) =>
	app?.slug === "github-actions" ? readJobLog(client, id) : undefined;

async function readPlaces(
	client: RepositoryClient,
	check: number,
): Promise<string[]> {
	const { data } = await client.octokit.rest.checks.listAnnotations({
		...client.at,
		...{ check_run_id: check, per_page: MOST_PLACES },
	});
	return data
		.filter(({ annotation_level: level }) => level !== "notice")
		.map(({ path, start_line, message }) =>
			`${path}:${start_line}: ${message ?? ""}`.slice(0, LONGEST_PART),
		);
}
