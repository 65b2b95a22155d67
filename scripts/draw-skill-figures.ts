// Draws the figures of docs/skills.md anew, by the programs on the pages that
// name them in their first line.
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "../src/cli/skills/check/python.ts";
import { warmPython } from "../src/cli/skills/check/warm-python.ts";
import { fencesIn } from "../src/skills/fences.ts";
import { readFileOf } from "../src/skills/shelf.ts";

const FIGURES = [
	["matplotlib", "learning-curve.png"],
	["matplotlib", "calibration.png"],
	["seaborn", "spread.png"],
] as const;

const codes = FIGURES.map(([skill, figure]) => {
	const page = fencesIn("SKILL.md", readFileOf(skill, "SKILL.md"));
	const found = page.find(({ code }) => code.includes(`# figure: ${figure}`));
	if (!found) throw new Error(`${skill} has no program that draws ${figure}`);
	return found.code;
});
const command = findPython(["matplotlib", "seaborn"])?.command ?? "python3";
const python = warmPython(command, codes);
const cwd = await mkdtemp(join(tmpdir(), "figures-"));
for (const [i, [skill, figure]] of FIGURES.entries()) {
	const code = codes[i] ?? "";
	const { status, output } = await python.run({ code, name: figure, cwd });
	if (status !== 0) throw new Error(output);
	const docs = new URL(`../docs/images/${skill}-${figure}`, import.meta.url);
	await copyFile(join(cwd, figure), docs);
}
python.close();
await rm(cwd, { recursive: true, force: true });
