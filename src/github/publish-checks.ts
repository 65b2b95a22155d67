// Check runs on their way out: those that are new go together, in one request.
import type { RepositoryClient } from "./app-client.ts";
import { createChecks } from "./check-batch.ts";
import { type CheckRequest, postCheck } from "./checks.ts";
import { inTurn, type Memory } from "./memory.ts";
import { BEGUN, noteOf, type Once, type Posted } from "./once.ts";

export interface CheckPublishing {
	readonly client: RepositoryClient;
	readonly memory: Memory;
	readonly once: Once;
	/** What all keys of this repository begin with. */
	readonly place: string;
}

/** Each once, in the order given. */
export function publishChecks(
	parts: CheckPublishing,
	requests: readonly CheckRequest[],
): Promise<readonly Posted[]> {
	const { client, once, place } = parts;
	const checks = requests.map((request) => ({
		request,
		content: JSON.stringify(request),
		key: `${place}/check/${request.headSha}/${request.name}/${request.externalId}`,
	}));
	return inTurn(`${place}/checks`, async () => {
		if (checks.length > 1) await createNew(parts, checks);
		return Promise.all(
			checks.map(({ key, content, request }) =>
				once(key, content, (known, tried) =>
					postCheck(client, request, known?.id, tried),
				),
			),
		);
	});
}

interface Check {
	readonly key: string;
	readonly content: string;
	readonly request: CheckRequest;
}

/** Notes which of them exist now; the others are left to be posted singly. */
async function createNew(
	{ client, memory }: CheckPublishing,
	checks: readonly Check[],
): Promise<void> {
	const noted = await memory.recallAll(checks.map(({ key }) => key));
	const fresh = checks.filter(({ key }) => !noted.has(key));
	if (fresh.length < 2) return;
	await memory.rememberAll(new Map(fresh.map(({ key }) => [key, BEGUN])));
	const created = await createChecks(
		client,
		fresh.map(({ request }) => request),
	);
	const notes = fresh.flatMap(({ key, content }, i) => {
		const posted = created[i];
		return posted ? [[key, noteOf(posted, content)] as const] : [];
	});
	await memory.rememberAll(new Map(notes));
}
