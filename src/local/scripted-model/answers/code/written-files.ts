// The Python files the scripted writer hands in, as plain files beside this one.
// They name no column: the same text works on every seed's repository.
import { readdirSync, readFileSync } from "node:fs";

const FOLDERS = {
	7: "07-model",
	8: "08-training",
	9: "09-integration",
	fix: "fix",
} as const;

export type WrittenFor = keyof typeof FOLDERS;

/** Repository path to whole content, in the order of the paths. */
export function writtenFiles(part: WrittenFor): Record<string, string> {
	const folder = new URL(`${FOLDERS[part]}/`, import.meta.url);
	const paths = readdirSync(folder, { recursive: true })
		.map((path) => String(path).replaceAll("\\", "/"))
		.filter((path) => path.endsWith(".py"))
		.sort();
	return Object.fromEntries(
		paths.map((path) => [path, readFileSync(new URL(path, folder), "utf8")]),
	);
}
