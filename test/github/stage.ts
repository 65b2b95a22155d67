// A forge with one repository, and our own client, publisher and reader of it.
import { generateKeyPairSync } from "node:crypto";
import {
	type GitHubOptions,
	makeGitHub,
	type RepositoryClient,
} from "../../src/github/app-client.ts";
import type { Log } from "../../src/github/log.ts";
import type { Memory } from "../../src/github/memory.ts";
import { CALLS } from "../../src/github/permissions.ts";
import { makePublisher, type Publisher } from "../../src/github/publisher.ts";
import { makeReader, type Reader } from "../../src/github/reading.ts";
import type { Permissions } from "../../src/local/forge/app-state.ts";
import { type Forge, startForge } from "../../src/local/forge/forge.ts";

export const { publicKey, privateKey } = generateKeyPairSync("rsa", {
	modulusLength: 2048,
	privateKeyEncoding: { type: "pkcs8", format: "pem" },
	publicKeyEncoding: { type: "spki", format: "pem" },
});

export const REPOSITORY = "acme/churn";
export const SECRET = "correct-horse-battery-staple";

export interface Stage {
	readonly forge: Forge;
	readonly client: RepositoryClient;
	readonly publisher: Publisher;
	readonly reader: Reader;
	readonly warnings: string[];
	/** A publisher with another memory: as after a crash that lost the last note. */
	publisherWith(memory: Memory): Publisher;
	openIssue(): Promise<number>;
	/** How often an operation was called since the last time it was asked. */
	callsOf(operation: string): number;
	head(): Promise<string>;
	/** Operations we called without saying so in permissions.ts. */
	undeclaredCalls(): string[];
}

/** `permissions`: of an installation whose owner did not accept newer ones. */
export async function openStage(permissions?: Permissions): Promise<Stage> {
	const forge = await startForge({
		app: {
			...(permissions ? { permissions } : {}),
			id: 4200,
			slug: "modelwright",
			publicKey,
			webhookSecret: "a secret for tests",
			webhookUrl: "",
		},
	});
	forge.addUser("acme", { type: "Organization" });
	for (const login of ["alice", "bob", "mallory"])
		forge.addUser(login, { token: login });
	await forge.addRepository("acme", "churn", {
		"train.py": "import random\n\nprint(random.random())\n",
		"README.md": "# Churn\n",
	});
	forge.setPermission(REPOSITORY, "alice", "write");
	const warnings: string[] = [];
	const log = silentLog(warnings);
	const github = makeGitHub({ ...options(forge.api), log });
	const { id } = forge.repository(REPOSITORY);
	const client = github.installation(forge.installationId, {
		id,
		owner: "acme",
		name: "churn",
	});
	const publisherWith = (memory: Memory) =>
		makePublisher({ client, memory, secrets: [SECRET], log });
	const reader = makeReader(client);
	let seen = 0;
	return {
		forge,
		client,
		warnings,
		reader,
		publisher: publisherWith(memoryOnly()),
		publisherWith,
		async openIssue() {
			const task = { title: "Predict churn", body: "Who leaves?" };
			return (await forge.acts.openIssue(REPOSITORY, "alice", task)).number;
		},
		callsOf(operation) {
			const calls = forge.calls.slice(seen);
			seen = forge.calls.length;
			return calls.filter((call) => call.operation === operation).length;
		},
		undeclaredCalls() {
			const declared = new Set(CALLS.map((call) => call.operation));
			const ours = forge.calls.filter(({ by }) => by === "modelwright[bot]");
			return ours
				.flatMap(({ operation }) => namesIn(operation))
				.filter((operation) => !declared.has(operation));
		},
		async head() {
			return (await reader.branchHead("main")) as string;
		},
	};
}

/** One GraphQL request may hold several. */
const namesIn = (operation: string) => {
	const [, mutations] = /^graphql\/(.+)$/.exec(operation) ?? [];
	return mutations?.split("+").map((name) => `graphql/${name}`) ?? [operation];
};

export const options = (baseUrl: string): GitHubOptions => ({
	appId: 4200,
	privateKey,
	baseUrl,
	throttle: false,
	log: silentLog([]),
	patience: { longestSeconds: 300, attempts: 4, secondMs: 1 },
});

const silentLog = (warnings: string[]): Log => ({
	debug: () => undefined,
	info: () => undefined,
	warn: (message) => warnings.push(message),
	error: (message) => warnings.push(message),
});

export function memoryOnly(): Memory {
	const known = new Map<string, unknown>();
	return memoryOf(
		async (keys) =>
			new Map(
				keys.flatMap((key) => (known.has(key) ? [[key, known.get(key)]] : [])),
			),
		async (values) => {
			for (const [key, value] of values) known.set(key, value);
		},
	);
}

export const memoryOf = (
	recallAll: Memory["recallAll"],
	rememberAll: Memory["rememberAll"],
): Memory => ({
	recall: async (key) => (await recallAll([key])).get(key),
	recallAll,
	remember: (key, value) => rememberAll(new Map([[key, value]])),
	rememberAll,
});

/** Forgets the next thing it is told: the process dies after a write, before noting it. */
export function crashingMemory(): Memory {
	const { recallAll, rememberAll } = memoryOnly();
	let crashes = 1;
	return memoryOf(recallAll, async (values) => {
		const [value] = values.values();
		const isBeginning = typeof value === "object" && "begun" in (value ?? {});
		if (!isBeginning && crashes-- > 0)
			throw new Error("the process was killed here");
		await rememberAll(values);
	});
}

export const crashed = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => undefined,
		(error: Error) => error.message,
	);
