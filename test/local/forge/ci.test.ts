// What CI elsewhere says of commits: statuses, and the logs of workflows' jobs.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	commitOn,
	FULL_NAME,
	installation,
	installationToken,
	listen,
	openForge,
	person,
	REPOSITORY,
	refusal,
} from "./support.ts";

type Client = Awaited<ReturnType<typeof installation>>;

let ear: Awaited<ReturnType<typeof listen>>;
let forge: Forge;
let bot: Client;
let sha: string;

beforeAll(async () => {
	ear = await listen();
	forge = await openForge(ear.url);
	bot = await installation(forge);
	sha = await commitOn(bot, "modelwright/1/7-model", { "a.py": "a = 1\n" });
	await commitOn(
		bot,
		"modelwright/1/8-training",
		{ "b.py": "b = 1\n" },
		"modelwright/1/7-model",
	);
});

afterAll(async () => {
	expect(forge.violations).toEqual([]);
	await forge.close();
	await ear.close();
});

const combined = async () =>
	(await bot.rest.repos.getCombinedStatusForRef({ ...REPOSITORY, ref: sha }))
		.data;

describe("a commit status", () => {
	const wendy = () => person(forge, "wendy").rest.repos;

	test("is pending until somebody says something", async () => {
		expect(await combined()).toMatchObject({
			...{ state: "pending", total_count: 0, statuses: [], sha },
		});
	});

	test("holds by its context's newest word, and one failure is all commits'", async () => {
		const set = (context: string, state: "pending" | "success" | "error") =>
			wendy().createCommitStatus({ ...REPOSITORY, sha, context, state });
		await set("ci/build", "pending");
		await set("ci/lint", "success");
		expect((await combined()).state).toBe("pending");
		await set("ci/build", "error");
		const { state, statuses } = await combined();
		expect(state).toBe("failure");
		expect(statuses.map(({ context, state }) => [context, state])).toEqual([
			["ci/build", "error"],
			["ci/lint", "success"],
		]);
	});

	test("is told with every branch that holds the commit, each at its own head", async () => {
		await forge.idle();
		const told = ear.received.filter(({ event }) => event === "status");
		const { payload } = told.at(-1) ?? {};
		expect(told).toHaveLength(3);
		expect(payload).toMatchObject({ sha, state: "error", name: FULL_NAME });
		const branches = payload?.branches as {
			name: string;
			commit: { sha: string };
		}[];
		expect(
			branches.map(({ name, commit }) => [name, commit.sha === sha]),
		).toEqual([
			["modelwright/1/7-model", true],
			["modelwright/1/8-training", false],
		]);
	});

	test("is refused without write access, without a commit, and in too many words", async () => {
		const set = (login: string, more: object) =>
			refusal(
				person(forge, login).rest.repos.createCommitStatus({
					...{ ...REPOSITORY, sha, state: "success" },
					...more,
				}),
			);
		expect(await set("bob", {})).toMatchObject({ status: 403 });
		const nowhere = { sha: "0".repeat(40) };
		expect(await set("wendy", nowhere)).toMatchObject({ status: 422 });
		const long = { description: "x".repeat(141) };
		expect(await set("wendy", long)).toMatchObject({ status: 422 });
		const mine = bot.rest.repos.createCommitStatus({
			...{ ...REPOSITORY, sha, state: "success" },
		});
		expect(await refusal(mine)).toMatchObject({ status: 403 });
	});
});

describe("the log of a job", () => {
	const logsOf = (job: number, token: string) =>
		fetch(`${forge.api}/repos/${FULL_NAME}/actions/jobs/${job}/logs`, {
			headers: { authorization: `token ${token}` },
			redirect: "manual",
		});

	test("lies elsewhere, for whoever is sent there and shows no token", async () => {
		const token = await installationToken(forge);
		const { id } = await forge.acts.reportCi(FULL_NAME, "wendy", {
			...{ name: "tests", head_sha: sha, conclusion: "failure" },
			log: "2026-01-02T03:04:05.0000000Z ##[error]No.",
		});
		const sent = await logsOf(id, token);
		expect(sent.status).toBe(302);
		const there = sent.headers.get("location") ?? "";
		expect(await (await fetch(there)).text()).toContain("##[error]No.");
		const authorization = `token ${token}`;
		const shown = await fetch(there, { headers: { authorization } });
		expect(shown.status).toBe(400);
	});

	test("is not there of a check without one, nor for an App without the permission", async () => {
		const check = { name: "lint", head_sha: sha, conclusion: "success" };
		const { id } = await forge.acts.reportCi(FULL_NAME, "wendy", check);
		const token = await installationToken(forge);
		expect((await logsOf(id, token)).status).toBe(404);
		const permissions = { checks: "read" };
		const narrow = await installationToken(forge, { permissions });
		expect((await logsOf(id, narrow)).status).toBe(403);
	});
});
