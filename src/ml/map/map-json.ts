// The map for programs: all of it but the words, which are many and only ours.
import { keyFiles } from "./key-files.ts";
import type { MlMap } from "./ml-map.ts";
import { taskFiles } from "./task-files.ts";

const TASK_FILES = 30;

export function mapAsJson(map: MlMap, repo: string, task = ""): object {
	const { files, otherFiles: _, ...rest } = map;
	return {
		repo,
		generatedAt: new Date().toISOString(),
		...rest,
		keyFiles: keyFiles(map, task),
		taskFiles: taskFiles(map, task, TASK_FILES),
		files: files.map(
			({ words: _, counts: __, evidence: ___, leads: ____, ...file }) => file,
		),
	};
}
