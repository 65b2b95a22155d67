// The repository as a phase sees it: files of one commit and what code can say of them.
import { packedFiles } from "../../agents/prompt/packed-files.ts";
import { findTables } from "../../ml/profile/find-tables.ts";
import { profileFile } from "../../ml/profile/profile-file.ts";
import { checkApart } from "../../ml/rules/apart/check-apart.ts";
import { pythonFiles } from "../../ml/rules/python-files.ts";
import { type Waiver, waive } from "../../ml/rules/waive.ts";
import { isFault } from "../../ml/table/table.ts";
import type { Code } from "../../phases/phase.ts";
import type { DataProfile } from "../../reports/data.ts";
import type { Tree } from "../../workspace/tree.ts";
import { readCapsule } from "./capsule.ts";
import { readExcerpts } from "./excerpts.ts";

/** Nothing here is journaled: the same commit gives the same answers. */
export function codeOf(
	tree: () => Promise<Tree>,
	moreLabels: readonly string[],
	waivers: readonly Waiver[],
): Code {
	const profiles = once(async () => profileTables(await tree()));
	return {
		capsule: async (slug) => readCapsule(await tree(), slug),
		async excerpts(keyFiles) {
			const { files } = await packedFiles(await tree());
			return readExcerpts(await tree(), keyFiles, (path) => files.has(path));
		},
		profiles,
		checked: once(async () => {
			const guessed = (await profiles()).flatMap(({ classBalance }) =>
				classBalance.map(({ column }) => column),
			);
			const checked = await checkApart({
				files: await pythonFiles(await tree()),
				context: { labels: [...new Set([...moreLabels, ...guessed])] },
			});
			const { hits, waived } = waive(checked.hits, waivers);
			return {
				...checked,
				hits,
				suppressed: [...checked.suppressed, ...waived],
			};
		}),
	};
}

async function profileTables(tree: Tree): Promise<DataProfile[]> {
	const profiles: DataProfile[] = [];
	for (const path of findTables(await tree.paths())) {
		const bytes = await tree.read(path);
		const profile = bytes && (await profileFile(path, bytes));
		if (profile && !isFault(profile)) profiles.push(profile);
	}
	return profiles;
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return () => {
		result ??= work();
		return result;
	};
}
