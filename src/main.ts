// The process: settings, database, engine, app, HTTP server; SIGTERM drains.
import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { createNodeMiddleware, Probot } from "probot";
import { rosterModels } from "./agents/roster.ts";
import { makeApp } from "./app.ts";
import { startEmbeddedPostgres } from "./engine/embedded-postgres.ts";
import {
	type Engine,
	type EngineOptions,
	startEngine,
} from "./engine/engine.ts";
import {
	type HttpOptions,
	type Readiness,
	say,
	startHttpServer,
} from "./engine/http/server.ts";
import {
	isSetupCode,
	renderSetupCode,
	renderSetupPage,
} from "./engine/http/setup-page.ts";
import { makeLogger } from "./engine/logger.ts";
import { messageOf, SetupError } from "./errors.ts";
import { makeGitHub } from "./github/app-client.ts";
import { parsePython } from "./ml/python/parser.ts";
import { checkModels } from "./model/check-models.ts";
import { makeModel } from "./model/client.ts";
import {
	type GitHubSettings,
	readSettings,
	type Settings,
} from "./settings.ts";
import { offeredRunner } from "./workspace/runners/offered.ts";
import type { Runner } from "./workspace/runners/runner.ts";

type Logger = ReturnType<typeof makeLogger>;
type Stop = () => Promise<void>;
type Handle = HttpOptions["handle"];

/** For a supervisor: this process must not go on; start another. */
const LOST_LEASE = 70;
const UNUSABLE = 78;

async function main(): Promise<void> {
	if (existsSync(".env")) process.loadEnvFile(".env");
	const settings = readSettings(process.env);
	const log = makeLogger(settings.logLevel, secretsOf(settings));
	const { github } = settings;
	const stop = github
		? await serve({ ...settings, github }, log)
		: await serveSetup(settings, log);
	drainOnSignals(stop, log);
}

async function serve(
	settings: Settings & { github: GitHubSettings },
	log: Logger,
): Promise<Stop> {
	const stops: Stop[] = [];
	// The last one started stops first.
	const stop = async () => {
		for (const end of stops.splice(0).reverse()) await end();
	};
	try {
		const runner = offeredRunner(settings);
		// While the database starts: nothing is asked of the processors later.
		void tellOfBoxes(runner, log);
		const url = settings.databaseUrl ?? (await embed(settings.dataDir, stops));
		const options = engineOptions(settings, url, runner, log);
		const engine = await startEngine(options);
		stops.push(() => engine.stop());
		const server = await startHttpServer({
			...addressOf(settings),
			readiness: () => readinessOf(engine, log),
			handle: await webhooksOf(settings, engine, log),
			onError: (error) => log.error({ error }, "a request failed"),
		});
		stops.push(() => server.stop());
		log.info({ port: server.port }, "Modelwright is ready");
		void tellOfModels(settings.model, log);
		void getReady(options);
		return stop;
	} catch (error) {
		await stop();
		throw error;
	}
}

/** Beside everything else: webhooks do not wait for the model service. */
async function tellOfModels(model: Settings["model"], log: Logger) {
	for (const { verdict, message } of await checkModels(model, rosterModels())) {
		if (verdict === "unusable") log.error(message);
		else if (verdict !== "served") log.warn(message);
	}
}

/** A box that cannot be made is better known before a run needs it. */
async function tellOfBoxes(runner: Runner, log: Logger): Promise<void> {
	for (const one of runner.candidates ?? [runner]) {
		if (one.name !== "bubblewrap") continue;
		const test = await one.selfTest();
		const known = test.ok ? "is ready" : `is not used: ${test.reason}`;
		log.info(`The bubblewrap runner ${known}`);
	}
}

/** What the first run would wait for; what fails is tried again when it is needed. */
async function getReady({ github }: EngineOptions): Promise<void> {
	await Promise.allSettled([github.identity(), parsePython("")]);
}

async function embed(dataDir: string, stops: Stop[]): Promise<string> {
	const postgres = await startEmbeddedPostgres(dataDir);
	stops.push(() => postgres.stop());
	return postgres.url;
}

function engineOptions(
	settings: Settings & { github: GitHubSettings },
	databaseUrl: string,
	runner: Runner,
	log: Logger,
): EngineOptions {
	const { github, apiUrl, dataDir, model } = settings;
	return {
		databaseUrl,
		github: makeGitHub({
			appId: github.appId,
			privateKey: github.privateKey,
			baseUrl: apiUrl,
			throttle: !isLoopback(apiUrl),
			log,
		}),
		model: makeModel({ ...model, log }),
		runner,
		dataDir,
		allowRepositoryAgents: settings.allowRepositoryAgents,
		secrets: secretsOf(settings),
		log,
		onLost(error) {
			log.fatal({ error }, "the lease is lost; others take over, I end");
			process.exit(LOST_LEASE);
		},
	};
}

async function webhooksOf(
	{ github, apiUrl }: Settings & { github: GitHubSettings },
	{ intake }: Engine,
	log: Logger,
): Promise<Handle> {
	const probot = new Probot({
		appId: github.appId,
		privateKey: github.privateKey,
		secret: github.webhookSecret,
		baseUrl: apiUrl,
		log: log as unknown as NonNullable<Probot["log"]>,
	});
	const webhooks = await createNodeMiddleware(makeApp(intake), { probot });
	return async (request, response) =>
		webhooks(request, response, () => say(response, 404, "Nothing here."));
}

async function readinessOf(engine: Engine, log: Logger): Promise<Readiness> {
	try {
		return { ready: true, waiting: await engine.queueDepth() };
	} catch (error) {
		log.error({ error }, "the database does not answer");
		return { ready: false, reason: "the database does not answer" };
	}
}

/** Without an App there is nothing to do but to explain how to get one. */
async function serveSetup(settings: Settings, log: Logger): Promise<Stop> {
	const { webUrl, apiUrl } = settings;
	const server = await startHttpServer({
		...addressOf(settings),
		readiness: async () => ({
			ready: false,
			reason: "APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set",
		}),
		async handle(request, response) {
			const url = new URL(request.url ?? "/", originOf(request));
			const code = url.searchParams.get("code") ?? "";
			if (url.pathname === "/")
				say(
					response,
					200,
					renderSetupPage(
						url.origin,
						webUrl,
						url.searchParams.get("organisation") ?? "",
					),
					"html",
				);
			else if (url.pathname === "/setup" && isSetupCode(code))
				say(response, 200, renderSetupCode(code, apiUrl), "html");
			else say(response, 404, "Nothing here. The set-up page is at /.");
		},
		onError: (error) => log.error({ error }, "a request failed"),
	});
	process.stdout.write(
		`Modelwright is not connected to GitHub yet: APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set.\nHow to get them: http://localhost:${server.port}/\n`,
	);
	return () => server.stop();
}

function drainOnSignals(stop: Stop, log: Logger): void {
	let stopping = false;
	const drain = async (signal: string) => {
		// Asked twice: somebody is in a hurry, and nothing is lost by it.
		if (stopping) process.exit(1);
		stopping = true;
		log.info({ signal }, "finishing what is under way");
		try {
			await stop();
			process.exit(0);
		} catch (error) {
			log.error({ error, reason: messageOf(error) }, "stopping failed");
			process.exit(1);
		}
	};
	process.on("SIGTERM", drain);
	process.on("SIGINT", drain);
}

const addressOf = ({ port, host }: Settings) => ({
	port,
	...(host ? { host } : {}),
});

function secretsOf({ github, model, databaseUrl }: Settings): string[] {
	const password = databaseUrl && new URL(databaseUrl).password;
	return [
		model.apiKey,
		...(github ? [github.privateKey, github.webhookSecret] : []),
		...(password ? [password] : []),
	];
}

/** A GitHub on this machine sets no pace. */
const isLoopback = (url: string) =>
	/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);

/** Where the person reached us: behind a proxy, its address. */
function originOf({ headers }: IncomingMessage): string {
	const scheme = headers["x-forwarded-proto"] === "https" ? "https" : "http";
	const origin = `${scheme}://${headers["x-forwarded-host"] ?? headers.host}`;
	return URL.canParse(origin) ? origin : "http://localhost";
}

main().catch((error: unknown) => {
	// What is wrong with the set-up is told in words, everything else as it is.
	const isSetup = error instanceof SetupError;
	console.error(isSetup ? error.message : error);
	process.exit(isSetup ? UNUSABLE : 1);
});
