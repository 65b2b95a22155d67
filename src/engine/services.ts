// What a phase's lead works with: GitHub for the run's repository, its files,
// and a place to run code.
import type { GitHub, RepositoryClient } from "../github/app-client.ts";
import type { Memory } from "../github/memory.ts";
import { makePublisher, type Publisher } from "../github/publisher.ts";
import { makeReader, type Reader } from "../github/reading.ts";
import type { RepositoryRef, Run } from "../run/run.ts";
import type { Runner } from "../workspace/runners/runner.ts";
import { markUsed } from "../workspace/sweep.ts";
import { checkout, type Tree } from "../workspace/tree.ts";
import type { Log } from "./log.ts";

/** GitHub, for one repository. */
export interface Access {
	readonly client: RepositoryClient;
	readonly reader: Reader;
	readonly publisher: Publisher;
}

export interface Services extends Access {
	readonly runner: Runner;
	readonly dataDir: string;
	readonly log: Log;
	/** The files of one commit; `branch` says where to look when it is not served by name. */
	tree(sha: string, branch?: string): Promise<Tree>;
}

export interface ServiceOptions {
	readonly github: GitHub;
	readonly memoryOf: (scope: string) => Memory;
	readonly runner: Runner;
	readonly dataDir: string;
	readonly secrets: readonly string[];
	readonly log: Log;
}

export function makeConnect({
	github,
	memoryOf,
	secrets,
	log,
}: ServiceOptions) {
	const clients = new Map<string, RepositoryClient>();
	return (
		{ id, owner, name, installationId }: RepositoryRef,
		scope: string,
	): Access => {
		const key = [installationId, id, owner, name].join("/");
		const client =
			clients.get(key) ??
			github.installation(installationId, { id, owner, name });
		clients.set(key, client);
		return {
			client,
			reader: makeReader(client),
			publisher: makePublisher({
				client,
				memory: memoryOf(scope),
				secrets,
				log,
			}),
		};
	};
}

export function makeServices(options: ServiceOptions) {
	const connect = makeConnect(options);
	const { runner, dataDir, log } = options;
	const treeOf = remembering(MOST_TREES, checkout, ({ root }) =>
		markUsed(root),
	);
	return (run: Run): Services => {
		const access = connect(run.repository, run.id);
		const { id: repositoryId, installationId } = run.repository;
		return {
			...access,
			runner,
			dataDir,
			log,
			tree: (sha, branch) =>
				treeOf(`${installationId}/${repositoryId}/${sha}`, async () => {
					const { url, token } = await access.reader.cloneAccess();
					return {
						...{ dataDir, installationId, repositoryId },
						...{ cloneUrl: url, token, sha },
						...(branch ? { branch } : {}),
					};
				}),
		};
	};
}

/** A tree never changes, and every agent of a phase wants the same one. */
const MOST_TREES = 50;

/** `make`, with its newest results kept; what failed or is gone is made anew. */
function remembering<R, T>(
	most: number,
	make: (request: R) => Promise<T>,
	isThere: (made: T) => Promise<boolean>,
) {
	const known = new Map<string, Promise<T>>();
	const begin = (key: string, requestFor: () => Promise<R>): Promise<T> => {
		const made = requestFor().then(make);
		known.set(key, made);
		made.catch(() => known.delete(key));
		const [oldest] = known.keys();
		if (known.size > most && oldest) known.delete(oldest);
		return made;
	};
	return async (key: string, requestFor: () => Promise<R>): Promise<T> => {
		const found = await (known.get(key) ?? begin(key, requestFor));
		return (await isThere(found)) ? found : begin(key, requestFor);
	};
}
