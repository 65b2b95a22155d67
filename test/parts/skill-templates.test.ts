// What the templates make passes the tests they make beside it.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { findPython } from "../../src/cli/skills/check/python.ts";
import { generate, generatorsOf } from "../../src/skills/generators.ts";

const run = promisify(execFile);
const SKILL = "global-templates";
const python = findPython(["pytest", "pandas", "sklearn"]);

test.skipIf(!python || python.missing.size > 0)(
	"a package made of all four templates passes its own tests",
	async () => {
		const cwd = await mkdtemp(join(tmpdir(), "templates-"));
		try {
			for (const asked of generatorsOf(SKILL))
				for (const { path, text } of generate(
					SKILL,
					asked.replace("NAME", "churn"),
				) ?? []) {
					await mkdir(dirname(join(cwd, path)), { recursive: true });
					await writeFile(join(cwd, path), text);
				}
			const words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"];
			const { stdout } = await run(python?.command ?? "", words, { cwd });
			expect(stdout).toMatch(/1\d passed/);
		} finally {
			await rm(cwd, { recursive: true, force: true });
		}
	},
);
