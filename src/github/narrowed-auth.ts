// Octokit's own App authentication asks for a token of the whole installation;
// this strategy uses one that is narrowed to what it is made for.
import { statusOf } from "./fault.ts";

interface Options {
	/** Gives the cached token, or a new one. */
	readonly token: (refresh: boolean) => Promise<string>;
}

interface Endpoint {
	headers: Record<string, string>;
}

interface Request {
	(endpoint: Endpoint): Promise<unknown>;
	readonly endpoint: {
		merge(route: unknown, parameters: unknown): Endpoint;
	};
}

export function narrowedAuth({ token }: Options) {
	const auth = async () => ({ type: "token", token: await token(false) });
	return Object.assign(auth, {
		async hook(request: Request, route: unknown, parameters: unknown) {
			const endpoint = request.endpoint.merge(route, parameters);
			// One call may bring a token of its own.
			if (endpoint.headers.authorization) return request(endpoint);
			const withToken = async (refresh: boolean) => {
				endpoint.headers.authorization = `token ${await token(refresh)}`;
				return request(endpoint);
			};
			try {
				return await withToken(false);
			} catch (error) {
				// Expired early, or revoked with the app reinstalled since.
				if (statusOf(error) !== 401) throw error;
				return withToken(true);
			}
		},
	});
}
