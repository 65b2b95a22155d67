import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	client,
	FILES,
	installation,
	installationToken,
	jwt,
	openForge,
	person,
	REPOSITORY,
	refusal,
} from "./support.ts";

let forge: Forge;

beforeAll(async () => {
	forge = await openForge();
	await forge.addRepository("acme", "other", FILES);
	await forge.addRepository("acme", "secret", FILES, { private: true });
});
afterAll(() => forge.close());

describe("the App's own token", () => {
	test("opens the App's routes when signed with its key", async () => {
		const app = client(forge, jwt()).rest.apps;
		expect((await app.getAuthenticated()).data).toMatchObject({
			id: 4200,
			slug: "modelwright",
		});
		const { data } = await app.getRepoInstallation(REPOSITORY);
		expect(data.id).toBe(forge.installationId);
		expect((await app.listInstallations()).data).toHaveLength(1);
	});

	test.each([
		[
			"another key",
			jwt(
				{},
				generateKeyPairSync("rsa", {
					modulusLength: 2048,
					privateKeyEncoding: { type: "pkcs8", format: "pem" },
					publicKeyEncoding: { type: "spki", format: "pem" },
				}).privateKey,
			),
			401,
		],
		["another App's id", jwt({ iss: 4201 }), 404],
		["a past end", jwt({ exp: Math.floor(Date.now() / 1000) - 5 }), 401],
		["an end too far away", jwt({ exp: Date.now() / 1000 + 900 }), 401],
		["a beginning in the future", jwt({ iat: Date.now() / 1000 + 300 }), 401],
	])("is refused with %s", async (_, token, status) => {
		const call = client(forge, token).rest.apps.getAuthenticated();
		expect((await refusal(call)).status).toBe(status);
	});

	test("opens no repository", async () => {
		const call = client(forge, jwt()).rest.issues.listForRepo(REPOSITORY);
		expect((await refusal(call)).status).toBe(403);
	});
});

describe("an installation's token", () => {
	test("opens no route of the App", async () => {
		const call = (await installation(forge)).rest.apps.getAuthenticated();
		expect((await refusal(call)).status).toBe(401);
	});

	test("narrowed to one repository is refused in the others", async () => {
		const { id } = forge.repository("acme/churn");
		const { rest } = await installation(forge, { repository_ids: [id] });
		const list = await rest.apps.listReposAccessibleToInstallation();
		expect(list.data.repositories.map(({ name }) => name)).toEqual(["churn"]);
		await rest.issues.create({ ...REPOSITORY, title: "here" });
		const there = { owner: "acme", title: "there" };
		const other = rest.issues.create({ ...there, repo: "other" });
		expect(await refusal(other)).toMatchObject({ status: 403 });
		const hidden = rest.issues.create({ ...there, repo: "secret" });
		expect(await refusal(hidden)).toMatchObject({ status: 404 });
	});

	test("narrowed to reading cannot write", async () => {
		const { rest } = await installation(forge, {
			permissions: { contents: "read", issues: "write" },
		});
		await rest.repos.getContent({ ...REPOSITORY, path: "README.md" });
		await rest.issues.create({ ...REPOSITORY, title: "allowed" });
		const blob = rest.git.createBlob({ ...REPOSITORY, content: "x" });
		expect((await refusal(blob)).message).toContain(
			"Resource not accessible by integration",
		);
		const checks = rest.checks.listForRef({ ...REPOSITORY, ref: "main" });
		expect((await refusal(checks)).status).toBe(403);
	});

	test("with leave for pull requests alone cannot comment on an issue", async () => {
		const alice = person(forge, "alice").rest;
		const { data } = await alice.issues.create({ ...REPOSITORY, title: "t" });
		const { rest } = await installation(forge, {
			permissions: { pull_requests: "write" },
		});
		const call = rest.issues.createComment({
			...REPOSITORY,
			issue_number: data.number,
			body: "b",
		});
		expect((await refusal(call)).status).toBe(403);
	});

	test("never holds more than the App was granted", async () => {
		const call = installation(forge, { permissions: { actions: "write" } });
		expect((await refusal(call)).status).toBe(422);
	});

	test("opens nothing of another owner's", async () => {
		forge.addUser("carol");
		await forge.addRepository("carol", "own", FILES, { private: true });
		const carols = { owner: "carol", repo: "own" };
		const { data } = await client(forge, jwt()).rest.apps.getRepoInstallation(
			carols,
		);
		expect(data.id).not.toBe(forge.installationId);
		const { rest } = await installation(forge);
		expect((await refusal(rest.repos.get(carols))).status).toBe(404);
	});

	test("is over after an hour", async () => {
		const token = await installationToken(forge);
		const kept = forge.state.tokens.get(token);
		expect(kept?.expiresAt).toBeGreaterThan(Date.now() + 3_590_000);
		expect(kept?.expiresAt).toBeLessThanOrEqual(Date.now() + 3_600_000);
		if (kept) kept.expiresAt = Date.now() - 1;
		const call = client(forge, token).rest.repos.get(REPOSITORY);
		expect(await refusal(call)).toMatchObject({ status: 401 });
	});
});

describe("people", () => {
	test("unknown tokens are refused", async () => {
		const call = client(forge, "nonsense").rest.repos.get(REPOSITORY);
		expect((await refusal(call)).message).toContain("Bad credentials");
	});

	test("anybody reads what is public and nobody unnamed writes", async () => {
		const nobody = client(forge).rest;
		expect((await nobody.repos.get(REPOSITORY)).data.name).toBe("churn");
		const call = nobody.issues.create({ ...REPOSITORY, title: "t" });
		expect((await refusal(call)).status).toBe(401);
	});

	test("a private repository does not exist for strangers", async () => {
		const call = person(forge, "bob").rest.repos.get({
			owner: "acme",
			repo: "secret",
		});
		expect((await refusal(call)).status).toBe(404);
	});

	test("a reader comments but does not label, write or merge", async () => {
		const bob = person(forge, "bob").rest;
		const { data } = await bob.issues.create({
			...REPOSITORY,
			title: "bob's",
			labels: ["ml-task"],
		});
		expect(data.labels).toEqual([]);
		const issue_number = data.number;
		const label = bob.issues.addLabels({
			...REPOSITORY,
			issue_number,
			labels: ["ml-task"],
		});
		expect((await refusal(label)).status).toBe(403);
		const blob = bob.git.createBlob({ ...REPOSITORY, content: "x" });
		expect((await refusal(blob)).status).toBe(403);
	});

	test("only the author or a triager edits a text", async () => {
		const alice = person(forge, "alice").rest;
		const { data } = await alice.issues.create({ ...REPOSITORY, title: "t" });
		const call = person(forge, "bob").rest.issues.update({
			...REPOSITORY,
			issue_number: data.number,
			title: "mine now",
		});
		expect((await refusal(call)).status).toBe(403);
	});

	test.each([
		["acme", "admin", "admin"],
		["alice", "admin", "admin"],
		["wendy", "write", "write"],
		["bob", "read", "read"],
	])("%s's role in a public repository is %s", async (username, role, old) => {
		const { rest } = await installation(forge);
		const { data } = await rest.repos.getCollaboratorPermissionLevel({
			...REPOSITORY,
			username,
		});
		expect(data).toMatchObject({ permission: old, role_name: role });
	});

	test.each([
		["triage", "read"],
		["maintain", "write"],
	] as const)("%s shows as %s under the old name", async (role, old) => {
		forge.addUser(`a-${role}`);
		forge.setPermission("acme/churn", `a-${role}`, role);
		const { rest } = await installation(forge);
		const { data } = await rest.repos.getCollaboratorPermissionLevel({
			...REPOSITORY,
			username: `a-${role}`,
		});
		expect(data).toMatchObject({ permission: old, role_name: role });
	});

	test("an unknown login has no role at all", async () => {
		const { rest } = await installation(forge);
		const call = rest.repos.getCollaboratorPermissionLevel({
			...REPOSITORY,
			username: "nobody-here",
		});
		expect((await refusal(call)).status).toBe(404);
	});
});

test("all of this kept to GitHub's contract", () => {
	expect(forge.violations).toEqual([]);
});
