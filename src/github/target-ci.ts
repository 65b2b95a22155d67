// The checks of other apps on a commit, and what the failed ones report.
import type { CiCheck } from "../reports/ci.ts";
import type { RepositoryClient } from "./app-client.ts";

const FAILED: ReadonlySet<string> = new Set(["failure", "timed_out"]);

export async function readCi(
	client: RepositoryClient,
	sha: string,
): Promise<CiCheck[]> {
	return (await readOthers(client, sha)).map(shape);
}

type Raw = Awaited<ReturnType<typeof readOthers>>[number];

async function readOthers(client: RepositoryClient, sha: string) {
	const { id } = await client.identity();
	const runs = await client.octokit.paginate(
		client.octokit.rest.checks.listForRef,
		{ ...client.at, ref: sha, filter: "latest", per_page: 100 },
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

/** What is read of one check, in characters, and of all. */
const [LONGEST_PART, LONGEST] = [1_500, 6_000];
/** As many places of one check, and as many checks. */
const [MOST_PLACES, MOST_CHECKS] = [30, 5];

/** In others' words; empty where none of these fails any more. */
export async function readCiFailures(
	client: RepositoryClient,
	sha: string,
): Promise<string> {
	const failed = (await readOthers(client, sha)).filter(
		(run) => shape(run).state === "failed",
	);
	const told: string[] = [];
	for (const run of failed.slice(0, MOST_CHECKS))
		told.push(await failureOf(client, run));
	return told.join("\n\n").slice(0, LONGEST);
}

async function failureOf(client: RepositoryClient, run: Raw): Promise<string> {
	const { title, summary, text, annotations_count: count } = run.output;
	const places = count > 0 ? await readPlaces(client, run.id) : [];
	return [
		`Check "${run.name}": ${run.conclusion}`,
		...places,
		...[title, summary].flatMap((part) => part?.slice(0, LONGEST_PART) || []),
		// What went wrong stands at the end of a log.
		...(text ? [text.slice(-LONGEST_PART)] : []),
	].join("\n");
}

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
