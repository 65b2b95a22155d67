// What a phase's lead works with: GitHub for the run's repository, its files,
// and a place to run code.
import type { GitHub, RepositoryClient } from "../github/app-client.ts";
import type { Memory } from "../github/memory.ts";
import { makePublisher, type Publisher } from "../github/publisher.ts";
import { makeReader, type Reader } from "../github/reading.ts";
import type { RepositoryRef, Run } from "../run/run.ts";
import {
	type Merged,
	type MergeSide,
	mergeCommits,
} from "../workspace/merge.ts";
import type { LateJob } from "../workspace/runners/actions.ts";
import type { Runner } from "../workspace/runners/runner.ts";
import { markUsed } from "../workspace/sweep.ts";
import {
	checkout,
	type Growth,
	growTree,
	keptTree,
	type Tree,
} from "../workspace/tree.ts";
import type { Log } from "./log.ts";

/** GitHub, for one repository. */
export interface Access {
	readonly client: RepositoryClient;
	readonly reader: Reader;
	readonly publisher: Publisher;
}

export interface Services extends Access {
	readonly runner: Runner;
	/** Tells that a job has been with the repository's own runners for long. */
	readonly onLate: (job: LateJob) => () => void;
	readonly dataDir: string;
	readonly log: Log;
	/** The files of one commit; `branch` says where to look when it is not served by name. */
	tree(sha: string, branch?: string): Promise<Tree>;
	/** What a three-way merge of their trees gives. */
	merge(sides: Record<"base" | "ours" | "theirs", MergeSide>): Promise<Merged>;
	/** A commit just made: its files are laid out here, so that `tree` need not fetch them. */
	grow(growth: Growth): Promise<boolean>;
}

export interface ServiceOptions {
	readonly github: GitHub;
	readonly memoryOf: (scope: string) => Memory;
	readonly runner: Runner;
	readonly onLate?: (runId: string, job: LateJob) => () => void;
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
	const treeOf = remembering<Tree>(MOST_TREES, ({ root }) => markUsed(root));
	return (run: Pick<Run, "id" | "repository">): Services => {
		const access = connect(run.repository, run.id);
		const { id: repositoryId, installationId } = run.repository;
		const place = { dataDir, repositoryId, installationId };
		return {
			...access,
			runner,
			onLate: (job) => options.onLate?.(run.id, job) ?? (() => {}),
			dataDir,
			log,
			tree: (sha, branch) =>
				treeOf(`${installationId}/${repositoryId}/${sha}`, async () => {
					const kept = await keptTree(place, sha);
					if (kept) return kept;
					const { url, token } = await access.reader.cloneAccess();
					return checkout({
						...{ ...place, cloneUrl: url, token, sha },
						...(branch ? { branch } : {}),
					});
				}),
			async merge(sides) {
				const { url: cloneUrl, token } = await access.reader.cloneAccess();
				return mergeCommits({ ...place, cloneUrl, token, ...sides });
			},
			grow: (growth) => growTree(place, growth),
		};
	};
}

/** A tree never changes, and every agent of a phase wants the same one. */
const MOST_TREES = 50;

/** What was made under a key, the newest kept; what failed or is gone is made anew. */
function remembering<T>(most: number, isThere: (made: T) => Promise<boolean>) {
	const known = new Map<string, Promise<T>>();
	const begin = (key: string, make: () => Promise<T>): Promise<T> => {
		const made = make();
		known.set(key, made);
		made.catch(() => known.delete(key));
		const [oldest] = known.keys();
		if (known.size > most && oldest) known.delete(oldest);
		return made;
	};
	return async (key: string, make: () => Promise<T>): Promise<T> => {
		const found = await (known.get(key) ?? begin(key, make));
		return (await isThere(found)) ? found : begin(key, make);
	};
}
