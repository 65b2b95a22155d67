import type { Issue, Repository } from "../state.ts";

type Named = Pick<Repository, "fullName">;

const encode = (path: string): string =>
	path.split("/").map(encodeURIComponent).join("/");

export const repositoryPath = ({ fullName }: Named): string =>
	`/${encode(fullName)}`;

/** Issues and pull requests share their numbers, not their addresses. */
export const issuePath = (
	repository: Named,
	{ number, pull }: Pick<Issue, "number" | "pull">,
): string =>
	`${repositoryPath(repository)}/${pull ? "pull" : "issues"}/${number}`;

export const checkPath = (repository: Named, id: number): string =>
	`${repositoryPath(repository)}/runs/${id}`;

export const commitPath = (repository: Named, sha: string): string =>
	`${repositoryPath(repository)}/commit/${sha}`;

export const treePath = (repository: Named, ref: string, path = ""): string =>
	`${repositoryPath(repository)}/tree/${encode(ref)}${path && `/${encode(path)}`}`;

export const blobPath = (
	repository: Named,
	ref: string,
	path: string,
	line?: number,
): string =>
	`${repositoryPath(repository)}/blob/${encode(ref)}/${encode(path)}${line ? `#L${line}` : ""}`;

export const shortSha = (sha: string): string => sha.slice(0, 7);
