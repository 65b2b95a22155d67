import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import {
	isHidden,
	writeFault,
	writtenPaths,
} from "../../src/run/path-rules.ts";

const rules = (more: Partial<typeof DEFAULT_CONFIG.paths>) => ({
	...DEFAULT_CONFIG.paths,
	...more,
});

it("without rules nothing is hidden and nothing is denied", () => {
	expect(isHidden(rules({}))("a/b.csv")).toBe(false);
	expect(writeFault("a/b.csv", rules({}))).toBeUndefined();
});

it.each([
	["secret/**", "secret/a/b.txt", true],
	["*.csv", "data/deep/x.csv", true],
	["data/*", "data/deep/x.csv", false],
	["data/", "data/deep/x.csv", true],
	["secrets", "secrets/k.pem", true],
	["secrets", "src/secrets/deep/k.pem", true],
	["secrets", "secrets.md", false],
	["/secrets", "src/secrets/k.pem", false],
	["sec*", "secrets/k.pem", true],
	["{keys,data/raw}", "data/raw/deep/x.csv", true],
])("read_deny %s hides %s: %s", (pattern, path, hidden) => {
	expect(isHidden(rules({ read_deny: [pattern] }))(path)).toBe(hidden);
});

it("what may not be read may not be written either", () => {
	const fault = writeFault("secret/a", rules({ read_deny: ["secret/**"] }));
	expect(fault).toContain("paths.read_deny");
});

it("write_deny wins over write_allow, and write_allow leaves nothing else", () => {
	const both = rules({ write_allow: ["churn/**"], write_deny: ["*.csv"] });
	expect(writeFault("churn/model.py", both)).toBeUndefined();
	expect(writeFault("churn/x.csv", both)).toContain("paths.write_deny");
	expect(writeFault("setup.py", both)).toContain("outside churn/**");
});

it("a folder that is left to agents is left with all that lies below it", () => {
	const churn = rules({ write_allow: ["churn"] });
	expect(writeFault("churn/models/net.py", churn)).toBeUndefined();
	expect(writeFault("shop/net.py", churn)).toContain("outside churn");
});

it("a change set is judged by every path it names, once", () => {
	const change = {
		files: [{ path: "a.py" }, { path: "b.py" }],
		replacements: [{ path: "b.py" }, { path: "c.py" }],
	};
	expect(writtenPaths(change)).toEqual(["a.py", "b.py", "c.py"]);
});

describe("what Modelwright writes itself", () => {
	it.each(["docs/ml/issue-12-design.md", "MODEL_CARD.md"])(
		"%s is no place for a change set",
		(path) => {
			const { paths } = DEFAULT_CONFIG;
			expect(writeFault(path, paths)).toContain("by Modelwright itself");
			expect(writeFault(`src/${path}x`, paths)).toBeUndefined();
		},
	);
});
