// A job as a folder: what the driver on the repository's runner finds there.
import { readFile } from "node:fs/promises";
import type { JobFiles } from "../../../github/job-commit.ts";
import type { Job } from "../runner.ts";
import { MOST_COLLECTED_BYTES, MOST_OUTPUT_BYTES } from "../transcript.ts";

const DRIVER = new URL("./drive.py", import.meta.url);

export async function jobFiles(job: Job, base: string): Promise<JobFiles> {
	const { later, commands, collect } = job;
	const paths = later?.paths ?? [];
	const withheld = paths.flatMap((path) => {
		const content = job.files.get(path);
		return content ? [{ path, content }] : [];
	});
	const files = new Map(job.files);
	for (const { path } of withheld) files.delete(path);
	const plan = {
		...{ commands, collect, seconds: job.limits.seconds },
		later: withheld.map(({ path }) => path),
		laterAt: later?.command ?? -1,
		mostOutput: MOST_OUTPUT_BYTES,
		mostCollected: MOST_COLLECTED_BYTES,
	};
	return {
		...{ base, files },
		driver: await readFile(DRIVER, "utf8"),
		beside: [
			{ path: "job.json", content: JSON.stringify(plan) },
			...withheld.map(({ content }, number) => ({
				path: `later/${number}`,
				content,
			})),
		],
	};
}
