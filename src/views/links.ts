// Links to the repository, built from the address GitHub itself gave.
import type { Run } from "../run/run.ts";
import { codeSpan } from "./code.ts";

/** A permanent address of a file's line at a commit. */
export function fileUrl(
	run: Run,
	sha: string,
	path: string,
	line?: number,
	endLine?: number,
): string {
	const escaped = path
		.split("/")
		.map((part) => encodeURIComponent(part).replace(/[()'*!]/g, hex))
		.join("/");
	const range = endLine && line && endLine > line ? `-L${endLine}` : "";
	const anchor = line ? `#L${line}${range}` : "";
	return `${run.repository.htmlUrl}/blob/${sha}/${escaped}${anchor}`;
}

const hex = (character: string) =>
	`%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** `path:line` as a link to that line. */
export function fileLink(
	run: Run,
	sha: string,
	path: string,
	line?: number,
	endLine?: number,
): string {
	const range = endLine && line && endLine > line ? `-${endLine}` : "";
	const shown = codeSpan(`${path}${line ? `:${line}${range}` : ""}`);
	return `[${shown}](${fileUrl(run, sha, path, line, endLine)})`;
}

export const pullLink = (pull: { number: number; url: string }): string =>
	`[#${pull.number}](${pull.url})`;
