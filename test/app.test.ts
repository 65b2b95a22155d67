// The way in from GitHub: signatures, limits, and answers that tell nothing.
import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../src/engine/database.ts";
import type { HttpServer } from "../src/engine/http/server.ts";
import { makeIntake } from "../src/engine/intake.ts";
import { queueDepth } from "../src/engine/store/queue-depth.ts";
import { freshDatabase } from "./support/databases.ts";
import { listen, SECRET } from "./support/engine-stage.ts";
import { labeled } from "./support/payloads.ts";

let db: Database;
let server: HttpServer;

const sign = (body: string, secret = SECRET) =>
	`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

function send(
	body: string,
	headers: Record<string, string> = {},
): Promise<Response> {
	return fetch(`http://127.0.0.1:${server.port}/api/github/webhooks`, {
		method: "POST",
		body,
		headers: {
			"content-type": "application/json",
			"x-github-event": "issues",
			"x-github-delivery": randomUUID(),
			"x-hub-signature-256": sign(body),
			...headers,
		},
	});
}

const kept = async () => (await queueDepth(db)).deliveries;

beforeAll(async () => {
	const { privateKey } = generateKeyPairSync("rsa", {
		modulusLength: 2048,
		privateKeyEncoding: { type: "pkcs8", format: "pem" },
		publicKeyEncoding: { type: "spki", format: "pem" },
	});
	db = openDatabase(await freshDatabase(), () => {});
	server = await listen(
		makeIntake(db, () => {}),
		privateKey,
	);
});
afterAll(async () => {
	await server.stop();
	await db.destroy().catch(() => {});
});

describe("a webhook", () => {
	const body = JSON.stringify(labeled());

	it.each([
		["no signature", { "x-hub-signature-256": "" }],
		[
			"a signature by another secret",
			{ "x-hub-signature-256": sign(body, "x") },
		],
		["a signature of another body", { "x-hub-signature-256": sign("{}") }],
	])("with %s is refused", async (_, headers) => {
		expect((await send(body, headers)).status).toBe(400);
		expect(await kept()).toBe(0);
	});

	it("is kept once, however often it is delivered", async () => {
		const id = { "x-github-delivery": "one" };
		for (const headers of [id, id, {}])
			expect((await send(body, headers)).status).toBe(200);
		expect(await kept()).toBe(1);
	});

	it("of 26 MB is refused before it is read", async () => {
		const status = await new Promise((resolve, reject) => {
			const sent = request({
				...{ host: "127.0.0.1", port: server.port, method: "POST" },
				path: "/api/github/webhooks",
				headers: { "content-length": 26 * 1_024 * 1_024 },
			});
			sent.on("response", ({ statusCode }) => resolve(statusCode));
			sent.on("error", reject);
			sent.write("{");
		});
		expect(status).toBe(413);
	});

	it("that cannot be kept is answered so that GitHub may send it again, without a reason", async () => {
		await db.destroy();
		const answer = await send(JSON.stringify(labeled("bob")));
		expect(answer.status).toBe(500);
		expect(await answer.text()).not.toMatch(/driver|destroyed|sql/i);
	});
});
