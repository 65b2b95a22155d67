// The files somebody should read, as phases 1 and 2 list them.
import type { KeyFile } from "../../reports/fields.ts";
import type { Run } from "../../run/run.ts";
import { cleanLine } from "../clean.ts";
import { fileLink } from "../links.ts";

export function keyFileList(run: Run, files: readonly KeyFile[]): string {
	return files
		.map((file) => {
			const { path, start_line: start, end_line: end } = file;
			const link = fileLink(run, run.base.sha, path, start, end);
			return `- ${link} ${cleanLine(file.why)}`;
		})
		.join("\n");
}

export const bullets = (lines: readonly string[]): string =>
	lines.map((line) => `- ${cleanLine(line)}`).join("\n");
