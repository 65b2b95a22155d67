import { mkdir, mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Acts, createActs } from "./acts.ts";
import { signerFor } from "./changes/sign-commit.ts";
import { isPull } from "./changes/tell.ts";
import { loadContract } from "./contract/contract.ts";
import { createFaults, type Faults } from "./faults.ts";
import { compare } from "./git/comparison.ts";
import { createBareRepository, type Files } from "./git/create.ts";
import type { FileDiff } from "./git/diff.ts";
import { requireGit } from "./git/run.ts";
import { createForgeServer } from "./server/server.ts";
import { accountShape, installationShape } from "./shapes/account.ts";
import { repositoryShape } from "./shapes/repository.ts";
import {
	type Account,
	createState,
	type Delivery,
	findAccount,
	findRepository,
	installationOf,
	nextId,
	type Repository,
	type Role,
	type State,
	timestamp,
} from "./state.ts";
import { createCourier } from "./webhooks/courier.ts";
import { post } from "./webhooks/emit.ts";
import {
	type AppSettings,
	type CallRecord,
	createSerializer,
	type Turn,
	type Violation,
	type World,
} from "./world.ts";

export interface ForgeOptions {
	/** 0 or absent: any free one. */
	port?: number;
	/** Where repositories are kept; absent: a temporary folder, removed by `close`. */
	root?: string;
	app: AppSettings;
	/** Answers what is neither API nor git; false means: no such page. */
	pages?: (
		request: IncomingMessage,
		response: ServerResponse,
		forge: Forge,
	) => Promise<boolean>;
}

export interface PullSummary {
	number: number;
	title: string;
	state: "open" | "closed";
	merged: boolean;
	draft: boolean;
	/** Branch names. */
	head: string;
	base: string;
	headSha: string;
	baseSha: string;
	files: FileDiff[];
}

/** A GitHub on this machine, alive as long as the process that started it. */
export interface Forge {
	/** "http://127.0.0.1:4711" */
	readonly base: string;
	/** The REST root that clients are given. */
	readonly api: string;
	/** The first owner's installation. */
	readonly installationId: number;
	readonly state: State;
	/** Must be empty after a run in which everybody kept to GitHub's contract. */
	readonly violations: readonly Violation[];
	readonly calls: readonly CallRecord[];
	readonly reads: number;
	readonly writes: number;
	readonly deliveries: readonly Delivery[];
	readonly faults: Faults;
	readonly acts: Acts;
	addUser(
		login: string,
		options?: { type?: Account["type"]; token?: string },
	): Account;
	/** The owner must exist; the App is installed on all its repositories. */
	addRepository(
		owner: string,
		name: string,
		files: Files,
		options?: { private?: boolean },
	): Promise<Repository>;
	setPermission(repository: string, login: string, role: Role): void;
	/** Throws when there is none of that name. */
	repository(fullName: string): Repository;
	/** All pull requests with what they change, oldest first. */
	pulls(fullName: string): Promise<PullSummary[]>;
	setWebhookUrl(url: string): void;
	/** Tells the App that it was installed, as GitHub does once. */
	announceInstallation(): void;
	redeliver(guid: string): void;
	/** Resolves when every webhook has been tried. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

const FIRST_INSTALLATION = 90_001;

const USUAL_PERMISSIONS = {
	metadata: "read",
	contents: "write",
	issues: "write",
	pull_requests: "write",
	checks: "write",
} as const;

export async function startForge(options: ForgeOptions): Promise<Forge> {
	const root = options.root ?? (await mkdtemp(join(tmpdir(), "forge-")));
	await mkdir(root, { recursive: true });
	await requireGit(root);
	const world = createWorld(options.app, root);
	const server = createForgeServer(world, async (request, response) =>
		options.pages ? options.pages(request, response, forge) : false,
	);
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port ?? 0, "127.0.0.1", resolve);
	});
	const { port } = server.address() as AddressInfo;
	world.base = `http://127.0.0.1:${port}`;
	const forge = createForge(world, async () => {
		world.courier.close();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		if (!options.root) await rm(root, { recursive: true, force: true });
	});
	return forge;
}

function createWorld(settings: AppSettings, root: string): World {
	const state = createState();
	const faults = createFaults();
	const app = {
		...settings,
		name: settings.name ?? settings.slug,
		permissions: settings.permissions ?? { ...USUAL_PERMISSIONS },
	};
	const world: World = {
		app,
		bot: addAccount(state, `${app.slug}[bot]`, "Bot"),
		state,
		contract: loadContract(() => world.base),
		courier: createCourier(state, app, faults),
		faults,
		violations: [],
		calls: [],
		root,
		base: "",
		serially: createSerializer(),
	};
	return world;
}

function addAccount(
	state: State,
	login: string,
	type: Account["type"],
): Account {
	const id = nextId(state);
	const account = { id, login, type, createdAt: timestamp() };
	state.accounts.set(login.toLowerCase(), account);
	return account;
}

function createForge(world: World, close: () => Promise<void>): Forge {
	const { state } = world;
	const repository = (fullName: string): Repository => {
		const found = findRepository(state, fullName);
		if (!found) throw new Error(`The forge has no repository ${fullName}.`);
		return found;
	};
	return {
		base: world.base,
		api: `${world.base}/api/v3`,
		installationId: FIRST_INSTALLATION,
		state,
		violations: world.violations,
		calls: world.calls,
		get reads() {
			return world.calls.filter(({ write }) => !write).length;
		},
		get writes() {
			return world.calls.filter(({ write }) => write).length;
		},
		deliveries: state.deliveries,
		faults: world.faults,
		acts: createActs(world),
		addUser(login, { type = "User", token } = {}) {
			const account = addAccount(state, login, type);
			if (token)
				state.tokens.set(token, {
					token,
					account,
					installation: null,
					expiresAt: null,
				});
			return account;
		},
		addRepository: (owner, name, files, { private: hidden = false } = {}) =>
			addRepository(world, owner, name, files, hidden),
		setPermission(fullName, login, role) {
			if (!findAccount(state, login))
				throw new Error(`The forge has no account ${login}.`);
			repository(fullName).roles.set(login.toLowerCase(), role);
		},
		repository,
		pulls: (fullName) => summarisePulls(repository(fullName)),
		setWebhookUrl(url) {
			world.app.webhookUrl = url;
		},
		announceInstallation: () => announceInstallation(world),
		redeliver(guid) {
			if (!world.courier.redeliver(guid))
				throw new Error(`The forge never sent a delivery ${guid}.`);
		},
		idle: () => world.courier.idle(),
		close,
	};
}

async function addRepository(
	world: World,
	ownerLogin: string,
	name: string,
	files: Files,
	hidden: boolean,
): Promise<Repository> {
	const { state, root } = world;
	const owner = findAccount(state, ownerLogin);
	if (!owner) throw new Error(`The forge has no account ${ownerLogin}.`);
	const fullName = `${owner.login}/${name}`;
	const directory = join(root, owner.login, `${name}.git`);
	await createBareRepository(directory, files, signerFor(owner));
	const now = timestamp();
	const repository: Repository = {
		id: nextId(state),
		owner,
		name,
		fullName,
		private: hidden,
		defaultBranch: "main",
		directory,
		createdAt: now,
		pushedAt: now,
		roles: new Map(),
		labels: new Map(),
		issues: new Map(),
		comments: new Map(),
		reviews: new Map(),
		reviewComments: new Map(),
		checkRuns: new Map(),
		verifiedCommits: new Set(),
		lastNumber: 0,
	};
	state.repositories.set(fullName.toLowerCase(), repository);
	if (!installationOf(state, repository)) {
		const id = FIRST_INSTALLATION + state.installations.size;
		state.installations.set(id, { id, account: owner, createdAt: now });
	}
	return repository;
}

async function summarisePulls({
	issues,
	directory,
}: Repository): Promise<PullSummary[]> {
	return Promise.all(
		[...issues.values()].filter(isPull).map(async (issue) => {
			const { head, base, headSha, baseSha, draft, mergedAt } = issue.pull;
			const { files } = await compare(directory, baseSha, headSha);
			const { number, title, state } = issue;
			const merged = mergedAt !== null;
			const ends = { head, base, headSha, baseSha };
			return { number, title, state, merged, draft, ...ends, files };
		}),
	);
}

function announceInstallation(world: World): void {
	const { state, courier } = world;
	for (const installation of state.installations.values()) {
		const turn: Turn = {
			world,
			actor: installation.account,
			viaApp: false,
			outbox: [],
		};
		const repositories = [...state.repositories.values()]
			.filter(({ owner }) => owner.id === installation.account.id)
			.map((repository) => repositoryShape(world, repository));
		post(turn, "installation", "created", null, installation.id, {
			installation: installationShape(world, installation),
			repositories,
			sender: accountShape(world, installation.account),
		});
		courier.send(turn.outbox);
	}
}
