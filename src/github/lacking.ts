// What an installation may not do yet: installations keep their permissions
// until an owner accepts newer ones, and what asks for these goes on without.
import type { RepositoryClient } from "./app-client.ts";
import { faultOf } from "./fault.ts";

const told = new WeakMap<RepositoryClient, Set<string>>();

/** Whether it is that; said once for each `want` of a repository. Must not throw. */
export function isLacking(
	client: RepositoryClient,
	error: unknown,
	want: string,
): boolean {
	const fault = faultOf(error);
	if (fault?.kind !== "forbidden") return false;
	const known = told.get(client) ?? new Set<string>();
	if (!known.has(want)) {
		const { owner, repo } = client.at;
		client.log.warn(`${owner}/${repo}: ${want} stay unread. ${fault.message}`);
	}
	told.set(client, known.add(want));
	return true;
}
