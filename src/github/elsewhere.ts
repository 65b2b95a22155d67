// Where GitHub sends us on to for what it keeps in a store of its own.
import type { RepositoryClient } from "./app-client.ts";

/** Encrypted, or on the host that we ask anyway. */
export function placeOf(
	{ octokit }: RepositoryClient,
	location = "",
): URL | undefined {
	const api = octokit.request.endpoint.DEFAULTS.baseUrl;
	const place = URL.parse(location, api);
	return place?.protocol === "https:" || place?.origin === new URL(api).origin
		? place
		: undefined;
}
