// Clients of GitHub: one for the App itself, one per repository it works on.
// A repository's client holds a token for that repository alone.
import { ProbotOctokit } from "probot";
import { type Log, withoutBodies } from "./log.ts";
import { narrowedAuth } from "./narrowed-auth.ts";
import { PATIENCE, type Patience, patiently } from "./patience.ts";

export type Octokit = InstanceType<typeof ProbotOctokit>;

export interface GitHubOptions {
	readonly appId: number | string;
	readonly privateKey: string;
	/** Root of the REST API, when it is not github.com's. */
	readonly baseUrl?: string;
	/** Spaces writes as github.com wants it; other hosts rarely do. */
	readonly throttle: boolean;
	readonly log: Log;
	readonly patience?: Patience;
}

/** Who we are on GitHub. */
export interface AppIdentity {
	readonly id: number;
	readonly slug: string;
	/** The login under which GitHub shows what we write. */
	readonly login: string;
	/** What the App asks for, by GitHub's names: "actions" to "write". */
	readonly permissions?: Readonly<Record<string, string | undefined>>;
	/** What GitHub tells it of. */
	readonly events?: readonly string[];
}

export interface RepositoryName {
	readonly id: number;
	readonly owner: string;
	readonly name: string;
}

export interface GitHub {
	identity(): Promise<AppIdentity>;
	installation(
		installationId: number,
		repository: RepositoryName,
	): RepositoryClient;
}

/** One repository, seen with a token that reaches no other. */
export interface RepositoryClient {
	readonly octokit: Octokit;
	readonly repository: RepositoryName;
	/** owner and repo, as every call wants them. */
	readonly at: { readonly owner: string; readonly repo: string };
	readonly log: Log;
	readonly secondMs: number;
	identity(): Promise<AppIdentity>;
	/** A token that can read this repository's code and do nothing else. */
	readToken(): Promise<string>;
	/** The same for another repository of the owner; undefined if it is not ours to read. */
	readTokenOf(repository: string): Promise<string | undefined>;
}

export function makeGitHub(options: GitHubOptions): GitHub {
	const { appId, privateKey, log } = options;
	const patience = options.patience ?? PATIENCE;
	const app = makeOctokit(options, patience, "app", {
		auth: { appId, privateKey },
	});
	let known: Promise<AppIdentity> | undefined;
	const identity = () => {
		known ??= askIdentity(app).catch((error) => {
			known = undefined;
			throw error;
		});
		return known;
	};
	return {
		identity,
		installation(installationId, repository) {
			const token = tokensOf(app, installationId);
			return {
				octokit: makeOctokit(options, patience, String(installationId), {
					authStrategy: narrowedAuth,
					auth: {
						token: (refresh: boolean) =>
							token({ repositoryIds: [repository.id], refresh }),
					},
				}),
				repository,
				at: { owner: repository.owner, repo: repository.name },
				log,
				secondMs: patience.secondMs,
				identity,
				readToken: () =>
					token({
						repositoryIds: [repository.id],
						permissions: { contents: "read" },
					}),
				readTokenOf: (name) =>
					token({
						repositoryNames: [name],
						permissions: { contents: "read" },
					}).catch(() => undefined),
			};
		},
	};
}

const tokensOf =
	(app: Octokit, installationId: number) =>
	async (narrow: Record<string, unknown>): Promise<string> => {
		const given = (await app.auth({
			type: "installation",
			installationId,
			...narrow,
		})) as { token: string };
		return given.token;
	};

function makeOctokit(
	{ baseUrl, throttle, log }: GitHubOptions,
	patience: Patience,
	throttleId: string,
	auth: Record<string, unknown>,
): Octokit {
	const octokit = new ProbotOctokit({
		...auth,
		...(baseUrl ? { baseUrl } : {}),
		log: withoutBodies(log),
		// Limits are waited out below, in one way for every host.
		throttle: {
			enabled: throttle,
			id: throttleId,
			onRateLimit: () => false,
			onSecondaryRateLimit: () => false,
		},
		retry: {
			doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
			retryAfterBaseValue: patience.secondMs,
		},
	});
	octokit.hook.wrap("request", (request, options) =>
		patiently(async () => request(options), patience, log),
	);
	return octokit;
}

async function askIdentity(app: Octokit): Promise<AppIdentity> {
	const { data } = await app.rest.apps.getAuthenticated();
	if (!data?.slug)
		throw new Error("GitHub did not say who this app is (GET /app)");
	const { id, slug, permissions, events } = data;
	return { id, slug, login: `${slug}[bot]`, permissions, events };
}
