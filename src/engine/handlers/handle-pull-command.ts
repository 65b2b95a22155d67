import type { HintOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { newestRunOf, runOfPull } from "../store/runs.ts";
import { handleCommand } from "./handle-command.ts";

/** The same as on the issue, unless the pull request is of an earlier run: its findings had the same names. */
export async function handlePullCommand(
	parts: Parts,
	hint: HintOf<"commented-on-pull">,
	delivery: number,
): Promise<void> {
	const { repository, issue: pull } = hint;
	const { number } = pull;
	const run = await runOfPull(parts.db, repository.id, { number });
	if (!run) return;
	const { issue } = run;
	const task = { repositoryId: repository.id, issue: issue.number };
	if ((await newestRunOf(parts.db, task))?.id !== run.id) return;
	await handleCommand(parts, { ...hint, kind: "commented", issue }, delivery);
}
