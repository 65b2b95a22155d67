// The Python files and notebooks below a folder.
import { LEFT_OUT } from "../../ml/map/file-kind.ts";
import { folderTree } from "../../workspace/tree.ts";

export interface ReadFiles {
	readonly files: ReadonlyMap<string, string>;
	readonly skipped: readonly { path: string; why: string }[];
	/** `.github/modelwright.yml`, where there is one. */
	readonly config: string | undefined;
}

export async function readFiles(folder: string): Promise<ReadFiles> {
	const tree = await folderTree(folder);
	const files = new Map<string, string>();
	const skipped: { path: string; why: string }[] = [];
	for (const path of await tree.paths()) {
		if (!/\.(py|ipynb)$/.test(path) || LEFT_OUT.test(path)) continue;
		const text = await tree.text(path);
		if (text === undefined) skipped.push({ path, why: "not UTF-8 text" });
		else files.set(path, text);
	}
	for (const { path, why } of (await tree.absent?.()) ?? [])
		if (/\.(py|ipynb)$/.test(path)) skipped.push({ path, why });
	const config = await tree.text(".github/modelwright.yml");
	return { files, skipped, config };
}
