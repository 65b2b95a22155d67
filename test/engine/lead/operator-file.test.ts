import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operatorFile } from "../../../src/engine/lead/operator-file.ts";

let data = "";
beforeAll(async () => {
	data = await mkdtemp(join(tmpdir(), "operator-"));
	const folder = join(data, "labels/acme/churn/data");
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, "rows.csv"), "id,label\n");
	await writeFile(join(data, "labels/acme/other.csv"), "secret");
	await symlink(join(data, "labels/acme/other.csv"), join(folder, "link.csv"));
});
afterAll(() => rm(data, { recursive: true }));

const read = (path: string) => operatorFile(data, ["acme", "churn", path]);

test("the operator's labels lie under the repository's name", async () => {
	expect(Buffer.from((await read("data/rows.csv")) ?? "").toString()).toBe(
		"id,label\n",
	);
	expect(await read("data/none.csv")).toBeUndefined();
});

test.each(["../other.csv", "data/../../other.csv", "data/link.csv"])(
	"nothing beside them is read: %s",
	async (path) => expect(await read(path)).toBeUndefined(),
);
