import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ruleDocuments } from "../../src/ml/rules/document.ts";

const FOLDER = new URL("../../docs/rules/", import.meta.url);

test("docs/rules holds what the rules say: run `node scripts/write-rule-docs.ts` when it does not", () => {
	const written = new Map(
		readdirSync(FOLDER).map((name) => [
			name,
			readFileSync(new URL(name, FOLDER), "utf8"),
		]),
	);
	expect(new Map([...written].sort())).toEqual(
		new Map([...ruleDocuments()].sort()),
	);
});
