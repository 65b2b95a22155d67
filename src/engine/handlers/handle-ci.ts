// The repository's own CI said something of a pull request of ours: see how all
// of it stands there and above, and let `advance` decide.
import { openedPulls } from "../../run/awaited-pulls.ts";
import { followCi } from "../follow-ci.ts";
import type { HintOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { runOfPull } from "../store/runs.ts";

export async function handleCi(
	parts: Parts,
	{ repository, branch, head }: HintOf<"ci-ended">,
): Promise<void> {
	const run = await runOfPull(parts.db, repository.id, { branch });
	if (!run) return;
	const { reader } = parts.connect(repository, run.id);
	const opened = openedPulls(run);
	const from = opened.findIndex((one) => one.branch === branch);
	if (from < 0) return;
	for (const [i, { number }] of opened.slice(from).entries()) {
		const pull = await reader.pull(number);
		if (i === 0 && pull.headSha !== head) return;
		// What failed above waits for what is below.
		if ((await followCi(parts, run, pull)) === "running") return;
	}
}
