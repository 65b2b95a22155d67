// What is known of a check run that failed: what it reports, and what its job printed.
import type { Octokit, RepositoryClient } from "./app-client.ts";
import { readJobLog } from "./job-log.ts";
import { relevantLines } from "./log-lines.ts";

/** As GitHub lists it. */
export type CheckRun = Awaited<
	ReturnType<Octokit["rest"]["checks"]["listForRef"]>
>["data"]["check_runs"][number];

/** Of one part of what it reports, in characters; and so many places. */
const [LONGEST_PART, MOST_PLACES] = [1_500, 30];

/** In its own words, and its log's, within so many characters. */
export async function sayCheck(
	client: RepositoryClient,
	run: CheckRun,
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
const logOf = async (client: RepositoryClient, { id, app }: CheckRun) =>
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
