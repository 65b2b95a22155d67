// Agents cannot look up how the model will be judged, by no tool.
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataProfile } from "../../../src/agents/tools/data-profile.ts";
import { blindTree } from "../../../src/ml/evaluation/blind-tree.ts";
import { splitRows } from "../../../src/ml/evaluation/split.ts";
import { readSubject } from "../../../src/ml/evaluation/subject.ts";
import { editedTree } from "../../../src/workspace/edited-tree.ts";
import { grep } from "../../../src/workspace/reading/grep.ts";
import { view } from "../../../src/workspace/reading/view.ts";
import { type TempTree, tempTree } from "../../support/temp-tree.ts";
import { bytes, churnTable, contract } from "../support/churn.ts";

const table = churnTable();
const subject = readSubject(contract, bytes(table));
if ("faults" in subject) throw new Error(subject.faults.join());
const split = splitRows(subject);
const idOf = (row: number | undefined) => subject.ids[row ?? 0] ?? "";
const heldOut = idOf(split.heldOut[0]);
const trained = idOf(split.training[0]);

const COPY = "data/backup.csv";
const OTHER = "data/regions.csv";

let whole: TempTree;
let tree: Awaited<ReturnType<typeof blindTree>>;
beforeAll(async () => {
	whole = await tempTree({
		[contract.data]: table,
		[COPY]: table,
		[OTHER]: "region,name\nnorth,North\n",
		"train.py": "print('train')\n",
	});
	tree = await blindTree(whole, contract);
});
afterAll(() => whole.remove());

const textOf = (reading: { ok: boolean; text?: string; message?: string }) =>
	reading.text ?? reading.message ?? "";

test("the table shows its training rows and no other, however it is read", async () => {
	const rows = ((await tree.text(contract.data)) ?? "").trim().split("\n");
	expect(rows).toHaveLength(split.training.length + 1);
	expect(rows[0]).toBe(table.split("\n")[0]);
	const shown = textOf(await grep(tree, { pattern: ".", limit: 5_000 }));
	const found = async (id: string) =>
		textOf(await grep(tree, { pattern: `\\b${id}\\b` }));
	expect(await found(trained)).toContain(contract.data);
	expect(await found(heldOut)).toMatch(/^No line matches/);
	expect(shown).not.toContain(`${heldOut},`);
	const seen = textOf(await view(tree, { path: contract.data }));
	expect(seen).not.toContain(`${heldOut},`);
	const profile = textOf(await dataProfile.read(tree, { path: contract.data }));
	expect(profile).toContain(`${split.training.length} rows`);
});

test("a copy of the table is not there, and other tables are", async () => {
	expect(await tree.paths()).toEqual([OTHER, contract.data, "train.py"].sort());
	expect(await tree.text(COPY)).toBeUndefined();
	expect(await tree.absent?.()).toEqual([
		{ path: COPY, why: "kept from agents: it repeats held-out rows" },
	]);
});

test("edits lie over it, and the runner, which withholds by itself, gets all", async () => {
	const edited = editedTree(tree, { "train.py": "print('more')\n" });
	expect(edited.edited?.()).toEqual([contract.data, "train.py"]);
	expect(await edited.text(contract.data)).toBe(await tree.text(contract.data));
	const files = await edited.files();
	expect(Buffer.from(files.get(contract.data) ?? []).toString()).toBe(table);
});

test("without a contract, or with a table that cannot be judged by, all is as it was", async () => {
	expect(await blindTree(whole, undefined)).toBe(whole);
	const other = { ...contract, label: "nowhere" };
	expect(await blindTree(whole, other)).toBe(whole);
	expect(await blindTree(whole, contract)).toBe(tree);
});
