import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { withModes } from "../../../src/engine/lead/modes.ts";
import { folderTree } from "../../../src/workspace/tree.ts";

const folder = await mkdtemp(join(tmpdir(), "modes-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("a script that could be executed still can be after a change", async () => {
	await writeFile(join(folder, "run.sh"), "old");
	await chmod(join(folder, "run.sh"), 0o755);
	await writeFile(join(folder, "a.py"), "old");
	const changed = ["run.sh", "a.py", "new.py"].map((path) => ({
		path,
		content: "new",
	}));
	const files = await withModes(await folderTree(folder), changed);
	expect(files.map(({ mode }) => mode)).toEqual([
		"100755",
		undefined,
		undefined,
	]);
});
