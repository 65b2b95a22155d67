import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { listGithubCalls, PAGE } from "../../../scripts/list-github-calls.ts";

test("docs/github-calls.md is current; node scripts/list-github-calls.ts writes it", () => {
	expect(readFileSync(PAGE, "utf8")).toBe(listGithubCalls());
});
