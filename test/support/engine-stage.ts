// An engine on a forge: what a test starts, labels and reads.
import { generateKeyPairSync } from "node:crypto";
import { createNodeMiddleware, Probot } from "probot";
import { makeApp } from "../../src/app.ts";
import type { Engine, EngineOptions } from "../../src/engine/engine.ts";
import { startHttpServer } from "../../src/engine/http/server.ts";
import type { Intake } from "../../src/engine/intake.ts";
import { makeLogger } from "../../src/engine/logger.ts";
import { makeGitHub } from "../../src/github/app-client.ts";
import { type Forge, startForge } from "../../src/local/forge/forge.ts";
import { makeModel } from "../../src/model/client.ts";
import { wasmRunner } from "../../src/workspace/runners/wasm.ts";
import { journalOnly } from "./effects-phase.ts";
import { silent } from "./silent-logger.ts";

export const APP_ID = 4200;
export const SECRET = "a secret of the tests";

export interface EngineStage {
	readonly forge: Forge;
	readonly privateKey: string;
	close(): Promise<void>;
}

/** A forge with `octo/shop` (private) and `octo/open` (public); alice may do all, bob may read. */
export async function setEngineStage(): Promise<EngineStage> {
	const { publicKey, privateKey } = generateKeyPairSync("rsa", {
		modulusLength: 2048,
		privateKeyEncoding: { type: "pkcs8", format: "pem" },
		publicKeyEncoding: { type: "spki", format: "pem" },
	});
	const forge = await startForge({
		app: {
			id: APP_ID,
			slug: "modelwright",
			publicKey,
			webhookSecret: SECRET,
			webhookUrl: "http://127.0.0.1:9/nobody-listens",
		},
	});
	forge.addUser("octo", { type: "Organization" });
	for (const login of ["alice", "bob", "eve"]) forge.addUser(login);
	for (const name of ["shop", "open"]) {
		const files = { "README.md": "A shop.\n" };
		const isPrivate = name === "shop";
		await forge.addRepository("octo", name, files, { private: isPrivate });
		forge.setPermission(`octo/${name}`, "alice", "admin");
		forge.setPermission(`octo/${name}`, "bob", "read");
	}
	return { forge, privateKey, close: () => forge.close() };
}

export const engineOptions = (
	databaseUrl: string,
	api: string,
	privateKey: string,
	phases: EngineOptions["phases"] & {},
): EngineOptions => ({
	databaseUrl,
	github: makeGitHub({
		...{ appId: APP_ID, privateKey, baseUrl: api },
		...{ throttle: false, log: silent },
	}),
	model: makeModel({ apiKey: "none", log: silent }),
	runner: wasmRunner(),
	dataDir: "/nonexistent",
	secrets: [],
	log: silent,
	onLost(error) {
		throw error;
	},
	phases,
	makeLead: journalOnly,
	takeoverEveryMs: 200,
});

/** Our HTTP server with the Probot app on it. */
export async function listen(intake: Intake, privateKey: string) {
	const probot = new Probot({
		...{ appId: APP_ID, privateKey, secret: SECRET },
		log: makeLogger("silent", []) as never,
	});
	const webhooks = await createNodeMiddleware(makeApp(intake), { probot });
	return startHttpServer({
		port: 0,
		host: "127.0.0.1",
		readiness: async () => ({ ready: true }),
		handle: async (request, response) => webhooks(request, response),
		onError() {},
	});
}

export async function connect(
	engine: Engine,
	{ forge, privateKey }: EngineStage,
) {
	const server = await listen(engine.intake, privateKey);
	forge.setWebhookUrl(`http://127.0.0.1:${server.port}/api/github/webhooks`);
	return server;
}
