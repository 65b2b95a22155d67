// The repository's own CI said something of a pull request of ours: see how all
// of it stands, and let `advance` decide.
import { openedPulls } from "../../run/awaited-pulls.ts";
import { apply } from "../apply.ts";
import { failedCi } from "../follow-ci.ts";
import type { HintOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { runOfPull } from "../store/runs.ts";

export async function handleCi(
	parts: Parts,
	{ repository, branch, head }: HintOf<"ci-ended">,
	delivery: number,
): Promise<void> {
	const run = await runOfPull(parts.db, repository.id, { branch });
	const opened = run && openedPulls(run).find((one) => one.branch === branch);
	if (!opened) return;
	const { reader } = parts.connect(repository, run.id);
	const pull = await reader.pull(opened.number);
	if (pull.headSha !== head) return;
	const failed = await failedCi(reader, pull);
	if (failed) await apply(parts, run.id, failed, delivery);
}
