import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadContract } from "../../../src/local/forge/contract/contract.ts";
import type { Forge } from "../../../src/local/forge/forge.ts";
import {
	OPERATION_IDS,
	WEBHOOKS,
} from "../../../src/local/forge/operations.ts";
import {
	installation,
	openForge,
	person,
	REPOSITORY,
	refusal,
} from "./support.ts";

describe("GitHub's descriptions", () => {
	const contract = loadContract(() => "http://127.0.0.1:1");

	test("an empty answer to any operation is filled up until it is valid", () => {
		for (const id of OPERATION_IDS)
			for (const status of [200, 201, 202]) {
				const empty = contract.answerFaults(id, status, undefined);
				if (empty[0]?.includes("not declared")) continue;
				const whole = contract.completeAnswer(id, status, undefined);
				expect([id, contract.answerFaults(id, status, whole)]).toEqual([
					id,
					[],
				]);
			}
	});

	test("so is an empty payload of any webhook", () => {
		for (const name of WEBHOOKS) {
			const whole = contract.completePayload(name, {});
			expect([name, contract.payloadFaults(name, whole)]).toEqual([name, []]);
		}
	});

	test("filling up keeps every field that is known", () => {
		const known = { number: 7, title: "t", user: { login: "alice" } };
		const whole = contract.completeAnswer("issues/get", 200, known);
		expect(whole).toMatchObject(known);
		expect(Object.keys(whole as object).length).toBeGreaterThan(15);
	});

	test("a wrong answer is noticed", () => {
		const wrong = {
			...(contract.completeAnswer("issues/get", 200, {}) as object),
			number: "7",
		};
		expect(contract.answerFaults("issues/get", 200, wrong)).toHaveLength(1);
		expect(contract.answerFaults("issues/get", 202, {})).toHaveLength(1);
	});

	test("a path may hold a branch with slashes, plain or escaped", () => {
		const path = "/repos/a/b/git/ref/heads";
		for (const name of ["x/y", "x%2Fy"])
			expect(contract.match("GET", `${path}/${name}`)).toEqual({
				id: "git/get-ref",
				params: { owner: "a", repo: "b", ref: "heads/x/y" },
			});
		expect(contract.match("GET", "/repos/a/b/commits/x/y/check-runs")?.id).toBe(
			"checks/list-for-ref",
		);
	});
});

describe("what breaks the contract", () => {
	let forge: Forge;
	beforeAll(async () => {
		forge = await openForge();
	});
	afterAll(() => forge.close());

	const annotations = Array.from({ length: 51 }, () => ({
		path: "a",
		start_line: 1,
		end_line: 1,
		annotation_level: "notice",
		message: "m",
	}));
	const output = { title: "t", summary: "s" };
	const check = { name: "c", head_sha: "0".repeat(40) };

	test.each([
		[
			"more than 50 annotations",
			"check-runs",
			{ ...check, output: { ...output, annotations } },
		],
		["an unknown conclusion", "check-runs", { ...check, conclusion: "fine" }],
		["no head", "pulls", { title: "t", base: "main" }],
		["a field nobody knows", "issues", { title: "t", colour: "red" }],
		["a ref without its sha", "git/refs", { ref: "refs/heads/x" }],
	])("%s is refused and recorded", async (_, route, body) => {
		const octokit = await installation(forge);
		const before = forge.violations.length;
		const call = octokit.request(`POST /repos/acme/churn/${route}`, body);
		expect((await refusal(call)).status).toBe(422);
		expect(forge.violations).toHaveLength(before + 1);
		expect(forge.violations.at(-1)?.where).toBe("request");
	});

	test("so is a route that the forge does not serve", async () => {
		const before = forge.violations.length;
		const call = person(forge, "alice").rest.repos.listTags(REPOSITORY);
		expect((await refusal(call)).status).toBe(404);
		expect(forge.violations.slice(before)).toMatchObject([
			{ what: "GET /repos/acme/churn/tags" },
		]);
	});

	test("and a GraphQL request beyond the mutations that are known", async () => {
		const before = forge.violations.length;
		const octokit = await installation(forge);
		await refusal(octokit.graphql("query { viewer { login } }"));
		expect(forge.violations).toHaveLength(before + 1);
	});
});
