import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import { startForge } from "../../../src/local/forge/forge.ts";
import {
	client,
	FULL_NAME,
	installation,
	keys,
	openForge,
	person,
	REPOSITORY,
	refusal,
	SECRET,
} from "./support.ts";

let forge: Forge;

beforeAll(async () => {
	forge = await openForge();
	for (let n = 1; n <= 120; n += 1)
		await forge.acts.openIssue(FULL_NAME, "alice", { title: `issue ${n}` });
});
afterAll(() => forge.close());

describe("lists", () => {
	test("come a hundred at most, with links to the other pages", async () => {
		const { rest } = person(forge, "alice");
		const { data, headers } = await rest.issues.listForRepo({
			...REPOSITORY,
			per_page: 500,
		});
		expect(data).toHaveLength(100);
		expect(headers.link).toContain('page=2>; rel="next"');
		expect(headers.link).toContain(`<${forge.api}/repos/acme/churn/issues?`);
	});

	test("are read whole by following the links", async () => {
		const octokit = person(forge, "alice");
		const all = await octokit.paginate(octokit.rest.issues.listForRepo, {
			...REPOSITORY,
			per_page: 50,
			direction: "asc",
		});
		expect(all.map(({ number }) => number)).toEqual(
			Array.from({ length: 120 }, (_, i) => i + 1),
		);
	});
});

describe("answers", () => {
	test("that did not change are not sent again, and cost nothing", async () => {
		const url = `${forge.api}/repos/acme/churn/issues/1`;
		const headers = { authorization: "Bearer token-of-wendy" };
		const first = await fetch(url, { headers });
		const etag = first.headers.get("etag") ?? "";
		const again = { ...headers, "if-none-match": etag };
		const second = await fetch(url, { headers: again });
		expect(second.status).toBe(304);
		expect(await second.text()).toBe("");
		expect(second.headers.get("x-ratelimit-used")).toBe(
			first.headers.get("x-ratelimit-used"),
		);
		await forge.acts.editIssue(FULL_NAME, 1, "alice", { title: "changed" });
		expect((await fetch(url, { headers: again })).status).toBe(200);
	});

	test("carry GitHub's headers", async () => {
		const { headers } = await fetch(`${forge.api}/repos/acme/churn`);
		expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
		expect(headers.get("x-github-request-id")).toMatch(/^[0-9A-F-]{36}$/);
		expect(headers.get("x-ratelimit-limit")).toBe("5000");
	});

	test("come under the plain root as well", async () => {
		const plain = await fetch(`${forge.base}/repos/acme/churn`);
		expect(await plain.json()).toMatchObject({ full_name: FULL_NAME });
		const root = await fetch(forge.base, {
			headers: { accept: "application/json" },
		});
		expect(root.status).toBe(200);
	});

	test("to nonsense are plain refusals", async () => {
		const broken = await fetch(`${forge.api}/repos/acme/churn/issues`, {
			method: "POST",
			body: "{",
			headers: { authorization: "token token-of-alice" },
		});
		expect(broken.status).toBe(400);
		expect((await fetch(`${forge.base}/acme/nothing-here`)).status).toBe(404);
	});
});

describe("the fault switch", () => {
	const create = () =>
		person(forge, "alice").rest.issues.create({ ...REPOSITORY, title: "t" });
	const count = () => forge.repository(FULL_NAME).issues.size;

	test("fails without doing anything", async () => {
		const before = count();
		forge.faults.call("issues/create", { kind: "fail", status: 500 });
		expect((await refusal(create())).status).toBe(500);
		expect(count()).toBe(before);
		await create();
	});

	test("loses the answer to what was done", async () => {
		const before = count();
		forge.faults.call("issues/create", { kind: "fail-afterwards" });
		expect((await refusal(create())).status).toBe(502);
		expect(count()).toBe(before + 1);
	});

	test("limits, and says for how long", async () => {
		forge.faults.call("*", { kind: "limit", retryAfterSeconds: 7 });
		const error = (await refusal(create())) as unknown as {
			status: number;
			response: { headers: Record<string, string> };
		};
		expect(error.status).toBe(403);
		expect(error.response.headers["retry-after"]).toBe("7");
	});

	test("slows down", async () => {
		forge.faults.call("issues/create", { kind: "slow", milliseconds: 120 });
		const started = performance.now();
		await create();
		expect(performance.now() - started).toBeGreaterThan(115);
	});
});

test("calls are counted, with what they were and who made them", async () => {
	const { reads, writes } = forge;
	const { rest } = await installation(forge);
	await rest.repos.get(REPOSITORY);
	await rest.issues.createComment({
		...REPOSITORY,
		issue_number: 1,
		body: "b",
	});
	expect(forge.writes - writes).toBe(1);
	expect(forge.reads - reads).toBe(2);
	expect(forge.calls.at(-1)).toEqual({
		operation: "issues/create-comment",
		status: 201,
		write: true,
		by: "modelwright[bot]",
	});
});

test("writers of one repository come one after the other", async () => {
	const { rest } = person(forge, "alice");
	await Promise.all(
		Array.from({ length: 20 }, (_, n) =>
			rest.issues.create({ ...REPOSITORY, title: `at once ${n}` }),
		),
	);
	const numbers = [...forge.repository(FULL_NAME).issues.keys()];
	expect(new Set(numbers).size).toBe(numbers.length);
});

test("pages are served beside the API", async () => {
	const paged = await startForge({
		app: {
			id: 1,
			slug: "a",
			publicKey: keys.publicKey,
			webhookSecret: SECRET,
			webhookUrl: "http://127.0.0.1:9/",
		},
		pages: async (request, response, { base }) => {
			if (request.url !== "/hello") return false;
			response.end(`hello from ${base}`);
			return true;
		},
	});
	const text = await (await fetch(`${paged.base}/hello`)).text();
	expect(text).toBe(`hello from ${paged.base}`);
	expect((await fetch(`${paged.base}/other`)).status).toBe(404);
	await paged.close();
});

test("without git it says what is missing", async () => {
	const { PATH } = process.env;
	process.env.PATH = "/nowhere";
	try {
		await expect(openForge()).rejects.toThrow("git 2.38 or newer");
	} finally {
		process.env.PATH = PATH;
	}
});

test("what GraphQL refuses", async () => {
	const octokit = await installation(forge);
	await octokit.rest.repos.createOrUpdateFileContents({
		...REPOSITORY,
		path: "a.txt",
		message: "m",
		content: "",
	});
	const missing = octokit.graphql(
		'mutation { markPullRequestReadyForReview(input: { pullRequestId: "PR_0" }) { pullRequest { id } } }',
	);
	await expect(missing).rejects.toThrow("Could not resolve to a node");
	const nobody = client(forge).graphql("mutation { x }");
	expect((await refusal(nobody)).status).toBe(401);
});

test("all of this kept to GitHub's contract", () => {
	expect(forge.violations).toEqual([]);
});
