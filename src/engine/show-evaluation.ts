// The verdict on the head that the top pull request has now: as it was, where only
// texts for people changed since, else neutral, with the commit it is of.

import { openedPulls } from "../run/awaited-pulls.ts";
import { evaluatedPaths } from "../run/evaluated-paths.ts";
import {
	evaluationCheck,
	outdatedEvaluation,
} from "../views/evaluation-check.ts";
import { completed } from "./check-request.ts";
import type { Parts } from "./parts.ts";
import { reportsOf } from "./store/reports.ts";
import { readRun } from "./store/runs.ts";

export async function showEvaluation(
	parts: Parts,
	runId: string,
): Promise<void> {
	const run = await readRun(parts.db, runId);
	const results = run && (await reportsOf(parts.db, run)).results;
	const evaluated = results?.scorings.at(-1)?.head;
	if (!run || !results || !evaluated) return;
	const { reader, publisher } = parts.connect(run.repository, run.id);
	for (const { number } of openedPulls(run).toReversed()) {
		const { state, headSha } = await reader.pull(number);
		if (state !== "open") continue;
		const check = evaluationCheck(results.result);
		const changed = await reader.changedSince(evaluated, headSha);
		const touched = changed && evaluatedPaths(changed);
		const holds = touched?.length === 0;
		await publisher.check(
			completed(
				run.id,
				headSha,
				holds ? check : outdatedEvaluation(check, evaluated, touched),
			),
		);
		return;
	}
}
