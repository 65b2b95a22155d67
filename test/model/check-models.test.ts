// What the service says of its models, and what hosts say that have no such words.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { rosterModels } from "../../src/agents/roster.ts";
import { startScriptedModel } from "../../src/local/scripted-model/server/server.ts";
import { checkModels } from "../../src/model/check-models.ts";

const OPUS = "claude-opus-5-5";
const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** A host that gives the same answer to everything. */
async function hostThat(answer: RequestListener): Promise<string> {
	const server: Server = createServer(answer);
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	closing.push(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const check = (baseUrl: string, ...ids: string[]) =>
	checkModels({ apiKey: "sk-test", baseUrl }, ids, 500);

async function scripted(): Promise<string> {
	const server = await startScriptedModel({ rules: [] });
	closing.push(() => server.close());
	return server.url;
}

test("the models of the role files are served", async () => {
	const found = await check(await scripted(), ...rosterModels());
	expect(found.map(({ verdict }) => verdict)).toEqual(
		rosterModels().map(() => "served"),
	);
});

test("an id the service does not know is named, with what to do", async () => {
	const [found] = await check(await scripted(), "claude-opus-4-0");
	expect(found?.verdict).toBe("unusable");
	expect(found?.message).toMatch(/does not know claude-opus-4-0.*`models`/);
});

test.each([
	["retired", "unusable", /is retired/],
	["deprecated", "ending", /ends on 2026-11-30/],
	["active", "served", /is served/],
	[undefined, "served", /is served/],
])("a model that is %s is %s", async (lifecycle, verdict, words) => {
	const url = await hostThat((_, response) => {
		response.setHeader("content-type", "application/json");
		response.end(
			JSON.stringify({
				...{ type: "model", id: OPUS, lifecycle },
				retires_at: "2026-11-30T00:00:00Z",
			}),
		);
	});
	const [found] = await check(url, OPUS);
	expect(found?.verdict).toBe(verdict);
	expect(found?.message).toMatch(words);
});

test.each([404, 405, 500, 501])(
	"a host that answers %i has no such endpoint, and is used all the same",
	async (status) => {
		const url = await hostThat((_, response) =>
			response.writeHead(status).end("Nothing here."),
		);
		const [found] = await check(url, OPUS);
		expect(found?.verdict).toBe("unsure");
	},
);

test("a web page is no answer", async () => {
	const url = await hostThat((_, response) =>
		response.setHeader("content-type", "text/html").end("<html>"),
	);
	expect((await check(url, OPUS))[0]?.verdict).toBe("unsure");
});

test("a key that is refused is told as such", async () => {
	const url = await hostThat((_, response) =>
		response.writeHead(401).end("{}"),
	);
	const [found] = await check(url, OPUS);
	expect(found?.verdict).toBe("unusable");
	expect(found?.message).toMatch(/ANTHROPIC_API_KEY/);
	expect(found?.message).not.toContain("sk-test");
});

test("nobody waits for a host that never answers", async () => {
	const url = await hostThat(() => {});
	const started = performance.now();
	expect((await check(url, OPUS))[0]?.verdict).toBe("unsure");
	expect(performance.now() - started).toBeLessThan(5_000);
});
