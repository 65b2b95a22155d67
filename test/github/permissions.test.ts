import { readFile } from "node:fs/promises";
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { faultOf, waitOf } from "../../src/github/fault.ts";
import { CALLS, callOf } from "../../src/github/permissions.ts";
import {
	OPERATIONS,
	type OperationId,
} from "../../src/local/forge/operations.ts";

interface Registration {
	public: boolean;
	default_permissions: Record<string, "read" | "write">;
	default_events: string[];
}

const registration = async () =>
	load(
		await readFile(new URL("../../app.yml", import.meta.url), "utf8"),
	) as Registration;

describe("the registration", () => {
	test("asks for exactly what our calls need, but for jobs on others' runners", async () => {
		const needed: Record<string, string> = {};
		for (const { needs, optional } of CALLS) {
			const [noun = "", access = ""] = needs.split(":");
			if (needs === "app" || optional || needed[noun] === "write") continue;
			needed[noun] = access;
		}
		expect((await registration()).default_permissions).toEqual(needed);
	});

	test("is private to its owner and listens to nothing without need", async () => {
		const { public: open, default_events } = await registration();
		expect(open).toBe(false);
		expect(default_events).toEqual([
			...["issues", "issue_comment", "pull_request", "check_run", "status"],
			...["pull_request_review", "workflow_run", "repository"],
		]);
	});
});

describe("every call", () => {
	const rest = CALLS.filter(
		({ operation }) => !operation.startsWith("graphql/"),
	);

	test.each(rest.map((call) => [call.operation, call] as const))(
		"%s needs what GitHub says it needs",
		(operation, { needs }) => {
			const { caller, permissions } = OPERATIONS[operation as OperationId];
			if (needs === "app") expect(caller).toBe("app");
			else expect(permissions).toContain(needs);
		},
	);
});

describe("a failed call", () => {
	const failed = (
		status: number,
		message: string,
		headers: Record<string, string> = {},
	) =>
		Object.assign(new Error(message), {
			status,
			request: {
				method: "POST",
				url: "https://ghe.example/api/v3/repos/a/b/check-runs",
			},
			response: { headers },
		});

	test("for want of a permission names it and says who can grant it", () => {
		const fault = faultOf(
			failed(403, "Resource not accessible by integration"),
		);
		expect(fault).toMatchObject({ kind: "forbidden", status: 403 });
		expect(fault?.message).toMatch(/checks:write.*owner has to accept/);
	});

	test.each([
		[401, "unauthorized"],
		[404, "missing"],
		[422, "refused"],
		[503, "unavailable"],
	])("with %i is %s", (status, kind) => {
		expect(faultOf(failed(status, "no"))).toMatchObject({ kind });
	});

	test("of another kind is no fault of GitHub's", () => {
		expect(faultOf(new TypeError("x is not a function"))).toBeUndefined();
	});

	test.each([
		["retry-after", failed(403, "x", { "retry-after": "7" }), 7],
		[
			"an exhausted hour",
			failed(403, "x", {
				"x-ratelimit-remaining": "0",
				"x-ratelimit-reset": "1100",
			}),
			101,
		],
		["words alone", failed(403, "You hit a secondary rate limit"), 60],
		["429", failed(429, "x"), 60],
		["a plain refusal", failed(403, "no"), undefined],
	])("says by %s how long to wait", (_, error, seconds) => {
		expect(waitOf(error, 1_000_000)).toBe(seconds);
	});

	test("is recognised by its address", () => {
		const at = "http://127.0.0.1:1/repos/o/r";
		expect(callOf("GET", at)?.operation).toBe("repos/get");
		expect(callOf("PATCH", `${at}/issues/comments/5`)?.operation).toBe(
			"issues/update-comment",
		);
		expect(callOf("GET", `${at}/git/ref/heads%2Fmain`)?.operation).toBe(
			"git/get-ref",
		);
		expect(callOf("DELETE", at)).toBeUndefined();
	});
});
