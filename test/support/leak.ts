import type { Story } from "./story.ts";

/** Where a finished run has annotated the sample's target leak. */
export function leakOf({ stage }: Story) {
	const annotations = [
		...stage.forge.repository(stage.repository).checkRuns.values(),
	].flatMap((run) => run.annotations);
	const leak = annotations.find(({ title }) => title?.includes("LEAK02"));
	return { path: leak?.path, line: leak?.start_line ?? 0 };
}
