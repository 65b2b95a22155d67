// What keeps a commit from being made, whoever asked for it.
import { changeFaults, pathFault } from "../run/policy.ts";
import { secretFaults } from "../run/secret-faults.ts";
import type { CommitRequest } from "./commits.ts";
import { textOf } from "./trees.ts";

/** The last line before code leaves. */
export async function commitFaults(
	{ files, deletions = [], message }: CommitRequest,
	secrets: readonly string[],
): Promise<string[]> {
	const texts = files.map(({ path, content }) => ({
		path,
		content: textOf(content) ?? Buffer.from(content).toString("latin1"),
	}));
	const ofPolicy = files.length > 0 ? changeFaults(texts) : [];
	const said = { path: "the commit's message", content: message };
	const ofSecrets = await Promise.all(
		[...texts, said].map(async ({ path, content }) =>
			(await secretFaults(content, secrets)).map(
				(fault) => `${path}: ${fault}`,
			),
		),
	);
	const ofDeletions = deletions.flatMap((path) => pathFault(path) ?? []);
	return [...ofPolicy, ...ofDeletions, ...ofSecrets.flat()];
}
