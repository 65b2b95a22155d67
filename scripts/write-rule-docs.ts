// docs/rules, written anew from the rules: `node scripts/write-rule-docs.ts`.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { ruleDocuments } from "../src/ml/rules/document.ts";

const FOLDER = new URL("../docs/rules/", import.meta.url);

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
for (const [name, text] of ruleDocuments())
	writeFileSync(new URL(name, FOLDER), text);
