import { mkdir, mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Acts, createActs } from "./acts.ts";
import { loadContract } from "./contract/contract.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { Files } from "./git/create.ts";
import { requireGit } from "./git/run.ts";
import {
	addAccount,
	addRepository,
	FIRST_INSTALLATION,
	type PullSummary,
	summarisePulls,
} from "./hosting.ts";
import { createInstalling, type Installing } from "./installing.ts";
import { servePages } from "./pages/pages.ts";
import { createForgeServer } from "./server/server.ts";
import {
	type Account,
	createState,
	type Delivery,
	findAccount,
	findRepository,
	type Repository,
	type Role,
	type State,
} from "./state.ts";
import { createCourier } from "./webhooks/courier.ts";
import {
	type AppSettings,
	type CallRecord,
	createSerializer,
	type Violation,
	type World,
} from "./world.ts";

export interface ForgeOptions {
	/** 0 or absent: any free one. */
	port?: number;
	/** Where repositories are kept; absent: a temporary folder, removed by `close`. */
	root?: string;
	app: AppSettings;
	/** Answers what is neither API nor git; false means: no such page. Absent: our own pages. */
	pages?: (
		request: IncomingMessage,
		response: ServerResponse,
		forge: Forge,
	) => Promise<boolean>;
}

/** A GitHub on this machine, alive as long as the process that started it. */
export interface Forge extends Installing {
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
	/** Calls by the App itself, not by people. */
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
	redeliver(guid: string): void;
	/** Resolves when every webhook has been tried. */
	idle(): Promise<void>;
	close(): Promise<void>;
}

/** What owners grant where nothing else is said. */
export const USUAL_PERMISSIONS = {
	metadata: "read",
	contents: "write",
	issues: "write",
	pull_requests: "write",
	checks: "write",
	statuses: "read",
	actions: "read",
} as const;

export async function startForge(options: ForgeOptions): Promise<Forge> {
	const root = options.root ?? (await mkdtemp(join(tmpdir(), "forge-")));
	await mkdir(root, { recursive: true });
	await requireGit(root);
	const closing = new AbortController();
	const world = createWorld(options.app, root, closing.signal);
	const { pages = servePages } = options;
	const server = createForgeServer(world, async (request, response) =>
		pages(request, response, forge),
	);
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port ?? 0, "127.0.0.1", resolve);
	});
	const { port } = server.address() as AddressInfo;
	world.base = `http://127.0.0.1:${port}`;
	const forge = createForge(world, async () => {
		closing.abort();
		world.courier.close();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		if (!options.root) await rm(root, { recursive: true, force: true });
	});
	return forge;
}

function createWorld(
	settings: AppSettings,
	root: string,
	closing: AbortSignal,
): World {
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
		closing,
		serially: createSerializer(),
	};
	return world;
}

function createForge(world: World, close: () => Promise<void>): Forge {
	const { state } = world;
	const repository = (fullName: string): Repository => {
		const found = findRepository(state, fullName);
		if (!found) throw new Error(`The forge has no repository ${fullName}.`);
		return found;
	};
	const ours = () => world.calls.filter(({ by }) => by === world.bot.login);
	return {
		base: world.base,
		api: `${world.base}/api/v3`,
		installationId: FIRST_INSTALLATION,
		state,
		violations: world.violations,
		calls: world.calls,
		get reads() {
			return ours().filter(({ write }) => !write).length;
		},
		get writes() {
			return ours().filter(({ write }) => write).length;
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
		...createInstalling(world),
		redeliver(guid) {
			if (!world.courier.redeliver(guid))
				throw new Error(`The forge never sent a delivery ${guid}.`);
		},
		idle: () => world.courier.idle(),
		close,
	};
}
