// Everything the demo stands on: a forge, a scripted model and, as a process of
// its own started exactly as `npm start` starts it, the app.
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
	type Forge,
	startForge,
	USUAL_PERMISSIONS,
} from "../../local/forge/forge.ts";
import { buildSample, type Sample } from "../../local/sample/sample.ts";
import { churnAnswers } from "../../local/scripted-model/answers/churn.ts";
import type { Rule } from "../../local/scripted-model/server/rules.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../local/scripted-model/server/server.ts";
import type { RunnerSetting } from "../../settings.ts";

export interface StageOptions {
	readonly seed: number;
	/** Milliseconds a scripted answer takes; shows progress at a readable pace. */
	readonly latencyMs?: number;
	readonly rules?: Rule[];
	/** More files of the repository, or others in place of the sample's. */
	readonly files?: Readonly<Record<string, string>>;
	/** Another repository in place of the sample's. */
	readonly project?: Project;
	/** Under which name the app reaches the forge; it spaces its writes unless that is a loopback address. */
	readonly forgeHost?: string;
	/** Where its code runs; WebAssembly, which is the same on every machine, if nothing is said. */
	readonly runner?: RunnerSetting;
	/** A Postgres that runs already; the app brings its own if nothing is said. */
	readonly databaseUrl?: string;
	/** For the app's Node, e.g. to have it profiled. */
	readonly nodeArguments?: readonly string[];
}

const MAY_START_WORKFLOWS = {
	permissions: { ...USUAL_PERMISSIONS, actions: "write" },
} as const;

export type Project = Pick<Sample, "name" | "files">;

export interface Stage {
	readonly forge: Forge;
	readonly model: ScriptedModel;
	readonly sample: Sample;
	/** "owner/name" */
	readonly repository: string;
	readonly app: AppProcess;
	/** The app's own state, its own Postgres included. */
	readonly dataDir: string;
	/** Starts the app again after it was stopped or killed. */
	restart(): Promise<AppProcess>;
	close(): Promise<void>;
}

export interface AppProcess {
	readonly child: ChildProcess;
	/** Where it listens. */
	readonly port: number;
	/** The last lines it logged. */
	log(): string;
}

const OWNER = "acme";
const START_SECONDS = 60;
const STOP_MS = 10_000;

export async function setStage(options: StageOptions): Promise<Stage> {
	const dataDir = await mkdtemp(join(tmpdir(), "modelwright-"));
	const sample = buildSample(options.seed);
	const keys = generateKeyPairSync("rsa", {
		modulusLength: 2048,
		privateKeyEncoding: { type: "pkcs8", format: "pem" },
		publicKeyEncoding: { type: "spki", format: "pem" },
	});
	const webhookSecret = randomBytes(24).toString("hex");
	const port = await freePort();
	const forge = await startForge({
		app: {
			id: 4_200,
			slug: "modelwright",
			name: "Modelwright",
			publicKey: keys.publicKey,
			webhookSecret,
			webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
			...(options.runner === "actions" ? MAY_START_WORKFLOWS : {}),
		},
	});
	forge.addUser(OWNER, { type: "Organization" });
	for (const login of ["alice", "bob", "carol"]) forge.addUser(login);
	const { name, files } = options.project ?? sample;
	const repository = `${OWNER}/${name}`;
	const all = { ...files, ...options.files };
	await forge.addRepository(OWNER, name, all, { private: true });
	forge.setPermission(repository, "alice", "admin");
	forge.setPermission(repository, "bob", "read");
	forge.setPermission(repository, "carol", "write");

	const model = await startScriptedModel({
		rules: options.rules ?? churnAnswers,
		...(options.latencyMs ? { latencyMs: options.latencyMs } : {}),
	});

	const { port: forgePort, hostname } = new URL(forge.base);
	const start = () =>
		startApp(port, options.nodeArguments ?? [], {
			APP_ID: "4200",
			PRIVATE_KEY: keys.privateKey,
			WEBHOOK_SECRET: webhookSecret,
			GHE_HOST: `${options.forgeHost ?? hostname}:${forgePort}`,
			GHE_PROTOCOL: "http",
			ANTHROPIC_API_KEY: "scripted-model-needs-no-key",
			ANTHROPIC_BASE_URL: model.url,
			DATA_DIR: dataDir,
			LOG_LEVEL: "warn",
			RUNNER: options.runner ?? "wasm",
			...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
		});
	let app = await start();

	return {
		forge,
		model,
		sample,
		repository,
		dataDir,
		get app() {
			return app;
		},
		async restart() {
			app = await start();
			return app;
		},
		async close() {
			await stop(app.child);
			endPostgres(dataDir);
			await Promise.all([forge.close(), model.close()]);
			await rm(dataDir, { recursive: true, force: true });
		},
	};
}

const ROOT = new URL("../../../", import.meta.url).pathname;

/** What `npm start` gives to node: variables and arguments. */
function startCommand() {
	const { scripts } = JSON.parse(
		readFileSync(join(ROOT, "package.json"), "utf8"),
	);
	const [variables = "", words = ""] = String(scripts.start).split(
		"exec node ",
	);
	return {
		variables: Object.fromEntries(
			variables
				.split(" ")
				.filter((pair) => pair.includes("="))
				.map((pair) => pair.split("=")),
		),
		words: words
			.split(" ")
			.map((word) => (word.endsWith(".ts") ? join(ROOT, word) : word)),
	};
}

async function startApp(
	port: number,
	nodeArguments: readonly string[],
	settings: Readonly<Record<string, string>>,
): Promise<AppProcess> {
	const { PATH = "", HOME = "", TMPDIR, NODE_COMPILE_CACHE } = process.env;
	const { variables, words } = startCommand();
	const child = spawn(process.execPath, [...nodeArguments, ...words], {
		env: {
			PATH,
			HOME,
			...(TMPDIR ? { TMPDIR } : {}),
			...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}),
			...variables,
			...settings,
			PORT: String(port),
		},
		stdio: ["ignore", "pipe", "pipe"],
		// Ctrl-C in the terminal is the demo's: it lets the app drain, once.
		detached: true,
	});
	const lines: string[] = [];
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding("utf8").on("data", (text: string) => {
			lines.push(text);
			if (lines.length > 200) lines.shift();
		});
	const app = { child, port, log: () => lines.join("") };
	await ready(app);
	return app;
}

async function ready({ child, port, log }: AppProcess) {
	const deadline = Date.now() + START_SECONDS * 1_000;
	while (Date.now() < deadline) {
		if (child.exitCode !== null)
			throw new Error(`The app ended while starting:\n${log()}`);
		const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(
			() => undefined,
		);
		if (answer?.ok) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	child.kill("SIGKILL");
	throw new Error(
		`The app was not ready after ${START_SECONDS} s. Its log:\n${log()}`,
	);
}

/** An app that had to be killed could not take its Postgres with it. */
function endPostgres(dataDir: string) {
	const lock = join(dataDir, "postgres", "data", "postmaster.pid");
	if (!existsSync(lock)) return;
	const pid = Number(readFileSync(lock, "utf8").split("\n")[0]);
	if (pid > 1) process.kill(pid, "SIGQUIT");
}

/** Asks it to drain; a process that does not within the time is ended. */
export async function stop(child: ChildProcess) {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once("exit", resolve));
	child.kill("SIGTERM");
	const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
	await ended;
	clearTimeout(timer);
}

/** A port nobody listens on at this moment. */
function freePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const probe = createServer().once("error", reject);
		probe.listen(0, "127.0.0.1", () => {
			const address = probe.address();
			const port = typeof address === "object" ? (address?.port ?? 0) : 0;
			probe.close(() => resolve(port));
		});
	});
}
