// What a run of a workflow handed over. GitHub sends us on to a store of its
// own, and tells by a digest what has to lie there: nothing is read before.
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { RepositoryClient } from "./app-client.ts";
import { placeOf } from "./elsewhere.ts";
import { isUncertain } from "./fault.ts";

export type Artifact =
	| { readonly ok: true; readonly zip: Uint8Array }
	/** In one sentence for people. */
	| { readonly ok: false; readonly why: string };

const LONGEST_MS = 120_000;

/** The one artifact of that name, if it is what GitHub says it is. */
export async function readArtifact(
	client: RepositoryClient,
	run: number,
	name: string,
	mostBytes: number,
): Promise<Artifact> {
	const { octokit, at } = client;
	const { data } = await octokit.rest.actions.listWorkflowRunArtifacts({
		...{ ...at, run_id: run, name, per_page: 100 },
	});
	const [artifact, ...others] = data.artifacts.filter(
		(one) =>
			one.name === name &&
			(one.workflow_run?.id ?? run) === run &&
			!one.expired,
	);
	if (!artifact) return failed(`handed over no artifact named ${name}`);
	if (others.length > 0)
		return failed(`handed over ${others.length + 1} artifacts named ${name}`);
	const [, digest] =
		/^sha256:([0-9a-f]{64})$/.exec(artifact.digest ?? "") ?? [];
	if (!digest)
		return failed(
			"handed over an artifact whose SHA-256 digest GitHub does not tell, so it was not read",
		);
	if (artifact.size_in_bytes > mostBytes) return tooLarge(mostBytes);
	const zip = await patiently(client, () =>
		download(client, artifact.id, mostBytes),
	);
	if (!zip) return tooLarge(mostBytes);
	if (createHash("sha256").update(zip).digest("hex") !== digest)
		return failed(
			"handed over an artifact that is not the one whose digest GitHub tells, so it was not read",
		);
	return { ok: true, zip };
}

const TRIES = 3;

/** A store stumbles as anything does, and what it gives is checked. */
async function patiently<T>(
	{ secondMs }: RepositoryClient,
	work: () => Promise<T>,
): Promise<T> {
	for (let attempt = 1; ; attempt += 1)
		try {
			return await work();
		} catch (error) {
			if (!isUncertain(error) || attempt === TRIES) throw error;
			await sleep(attempt * 5 * secondMs);
		}
}

/** undefined where it is more than that. */
async function download(
	client: RepositoryClient,
	id: number,
	mostBytes: number,
): Promise<Uint8Array | undefined> {
	const signal = AbortSignal.timeout(LONGEST_MS);
	const { headers } = await client.octokit.rest.actions.downloadArtifact({
		...{ ...client.at, artifact_id: id, archive_format: "zip" },
		request: { redirect: "manual", signal },
	});
	const place = placeOf(client, headers.location);
	if (!place) throw new Error(`GitHub did not say where artifact ${id} lies`);
	const answer = await fetch(place, { redirect: "error", signal });
	if (!answer.ok || !answer.body) {
		await answer.body?.cancel();
		throw new Error(`the store answered ${answer.status} to artifact ${id}`);
	}
	const pieces: Uint8Array[] = [];
	let held = 0;
	for await (const piece of answer.body) {
		held += piece.length;
		// Leaving the loop ends the download.
		if (held > mostBytes) return undefined;
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}

const failed = (why: string): Artifact => ({ ok: false, why });

const tooLarge = (mostBytes: number) =>
	failed(
		`handed over more than ${Math.round(mostBytes / 1_048_576)} MB, so it was not read`,
	);
