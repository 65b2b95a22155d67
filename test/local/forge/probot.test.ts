import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeMiddleware, createProbot, type Probot } from "probot";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import { APP_ID, FULL_NAME, keys, openForge, SECRET } from "./support.ts";

let forge: Forge;
let server: Server;

/** The smallest app there is: it answers a label with a comment and a reaction. */
function app(probot: Probot): void {
	probot.on("issues.labeled", async (context) => {
		const { rest } = context.octokit;
		await rest.issues.createComment(context.issue({ body: "at work" }));
	});
	probot.on("issue_comment.created", async (context) => {
		if (context.isBot) return;
		await context.octokit.rest.reactions.createForIssueComment(
			context.repo({
				comment_id: context.payload.comment.id,
				content: "rocket",
			}),
		);
	});
}

beforeAll(async () => {
	forge = await openForge();
	const { host } = new URL(forge.base);
	const probot = createProbot({
		env: {
			APP_ID: String(APP_ID),
			PRIVATE_KEY: keys.privateKey,
			WEBHOOK_SECRET: SECRET,
			GHE_HOST: host,
			GHE_PROTOCOL: "http",
			LOG_LEVEL: "fatal",
		},
	});
	const middleware = await createNodeMiddleware(app, {
		probot,
		webhooksPath: "/api/github/webhooks",
	});
	server = createServer((request, response) => {
		middleware(request, response, () => response.writeHead(404).end());
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	forge.setWebhookUrl(`http://127.0.0.1:${port}/api/github/webhooks`);
});

afterAll(async () => {
	await forge.close();
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

test("the real Probot hears a label and answers with a comment", async () => {
	const { acts } = forge;
	const { number } = await acts.openIssue(FULL_NAME, "alice", { title: "t" });
	await acts.label(FULL_NAME, number, "alice", "ml-task");
	await forge.idle();
	const [comment] = forge.repository(FULL_NAME).comments.values();
	expect(comment).toMatchObject({
		number,
		body: "at work",
		viaApp: true,
		user: { login: "modelwright[bot]" },
	});
	const events = forge.deliveries.map(
		({ event, action, status }) => `${event}.${action} ${status}`,
	);
	expect(events).toEqual([
		"issues.opened 200",
		"issues.labeled 200",
		"issue_comment.created 200",
	]);
	expect(forge.violations).toEqual([]);
});

test("it reacts to a person's comment, and not to its own", async () => {
	const { acts } = forge;
	const { id } = await acts.comment(FULL_NAME, 1, "bob", "/status");
	await forge.idle();
	const all = [...forge.repository(FULL_NAME).comments.values()];
	const reactions = all.map((comment) => [
		comment.id === id,
		comment.reactions.map(({ content }) => content),
	]);
	expect(reactions).toEqual([
		[false, []],
		[true, ["rocket"]],
	]);
	expect(forge.violations).toEqual([]);
});
