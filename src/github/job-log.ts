// What a job of GitHub Actions printed. GitHub sends us on to a store of its own,
// which gets no token of ours and may not send us any further.
import { messageOf } from "../errors.ts";
import type { RepositoryClient } from "./app-client.ts";
import { placeOf } from "./elsewhere.ts";
import { isLacking } from "./lacking.ts";

/** Of a longer log the end is kept; one that is longer still is not read to its end. */
const [KEPT_BYTES, MOST_BYTES] = [5_000_000, 50_000_000];
const LONGEST_MS = 30_000;

/** Must not throw: undefined where there is none, or it is refused, gone or late. */
export async function readJobLog(
	client: RepositoryClient,
	job: number,
): Promise<string | undefined> {
	try {
		const signal = AbortSignal.timeout(LONGEST_MS);
		const { headers } =
			await client.octokit.rest.actions.downloadJobLogsForWorkflowRun({
				...client.at,
				job_id: job,
				request: { redirect: "manual", signal },
			});
		const place = placeOf(client, headers.location);
		if (!place) return undefined;
		const answer = await fetch(place, { redirect: "error", signal });
		if (answer.ok && answer.body)
			return await endOf(answer.body, KEPT_BYTES, MOST_BYTES);
		await answer.body?.cancel();
	} catch (error) {
		if (!isLacking(client, error, "logs of jobs"))
			client.log.info(`job ${job}'s log stays unread: ${messageOf(error)}`);
	}
	return undefined;
}

/** Holds no more than it keeps, and a piece. */
export async function endOf(
	pieces: AsyncIterable<Uint8Array>,
	keep: number,
	most: number,
): Promise<string> {
	const kept: Uint8Array[] = [];
	let [read, held] = [0, 0];
	for await (const piece of pieces) {
		kept.push(piece);
		read += piece.length;
		held += piece.length;
		for (
			let [first] = kept;
			first && held - first.length >= keep;
			[first] = kept
		)
			held -= kept.shift()?.length ?? 0;
		if (read >= most) break;
	}
	return Buffer.concat(kept).subarray(-keep).toString();
}
