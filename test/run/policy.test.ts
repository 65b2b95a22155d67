import { describe, expect, it } from "vitest";
import { canonicalJson, digestOf, namesDigest } from "../../src/run/digest.ts";
import { changeFaults, pathFault } from "../../src/run/policy.ts";
import { redact } from "../../src/run/redact.ts";
import { secretFaults } from "../../src/run/secret-faults.ts";

describe("a change set may not write", () => {
	it.each([
		".github/workflows/ci.yml",
		".git/config",
		"sub/.git/hooks/pre-commit",
		"sub/.GIT/config",
		"sub/git~1/config",
		"sub/.git. /config",
		"sub/.g\u200dit/config",
		"../outside",
		"a/../../b",
		"/etc/passwd",
		"C:/windows",
		"a\\b",
		"a\nb",
		"",
		"CODEOWNERS",
		"docs/CODEOWNERS",
		"AGENTS.md",
		".env",
		"deploy/.env.local",
		"deploy/server.pem",
		"uv.lock",
		"web/package-lock.json",
		"environments/conda-lock.yml",
	])("%j", (path) => {
		expect(pathFault(path)).toBeTypeOf("string");
	});

	it.each(["churn/model.py", "modelwright_eval.py", "data/a b.csv", "x/.keep"])(
		"but may write %j",
		(path) => {
			expect(pathFault(path)).toBeUndefined();
		},
	);

	it("nothing at all, or far too much", () => {
		expect(changeFaults([])).toEqual(["the change set is empty"]);
		const many = Array.from({ length: 101 }, (_, i) => ({
			path: `f${i}`,
			content: "x",
		}));
		expect(changeFaults(many)[0]).toMatch(/at most 100/);
		const big = [{ path: "f", content: "x".repeat(5_000_000) }];
		expect(changeFaults(big)[0]).toMatch(/bytes/);
	});
});

describe("secrets", () => {
	const token = `ghs_${"1234_eyJ".padEnd(500, "a.b-c")}`;

	it("are removed by shape, long installation tokens whole", () => {
		expect(redact(`x ${token} y`)).toBe("x [GitHub token removed] y");
	});

	it("that this process holds are removed in any common spelling", () => {
		const secret = "correct horse battery";
		const text = [
			secret,
			Buffer.from(secret).toString("base64"),
			Buffer.from(secret).toString("hex"),
			encodeURIComponent(secret),
		].join("|");
		expect(redact(text, [secret])).toBe(
			Array(4).fill("[secret removed]").join("|"),
		);
	});

	it("are named by kind when a commit holds one", async () => {
		expect(await secretFaults(`key = "${token}"`)).toEqual([
			"it holds what looks like a GitHub token",
		]);
		const grid = `SG.${"a1B2".repeat(5)}cd.${"a1B2".repeat(10)}efg`;
		expect(await secretFaults(`mail = "${grid}"`)).toEqual([
			"it holds what looks like a secret (sendgrid)",
		]);
		for (const harmless of [
			"gh_token_name = None",
			"postgresql://mlflow:mlflow@localhost/mlflow",
		])
			expect(await secretFaults(harmless)).toEqual([]);
	});

	it("of this process are named without being shown", async () => {
		expect(await secretFaults("x correct horse", ["correct horse"])).toEqual([
			"it holds a secret of this server",
		]);
	});
});

describe("digests", () => {
	it("do not depend on the order of keys and leave undefined out", () => {
		expect(canonicalJson({ b: [1, { d: 2, c: undefined }], a: null })).toBe(
			'{"a":null,"b":[1,{"d":2}]}',
		);
		expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
	});

	it("are named by at least eight digits", () => {
		expect(namesDigest("3FA9C1D2", "3fa9c1d2ff")).toBe(true);
		expect(namesDigest("3fa9c1d", "3fa9c1d2ff")).toBe(false);
	});
});
