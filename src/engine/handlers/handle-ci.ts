// A check of the repository's own CI ended on a pull request of ours: see how
// all of them stand, and let `advance` decide.
import { failedApp } from "../../reports/ci.ts";
import { apply } from "../apply.ts";
import type { HintOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { runOfPull } from "../store/runs.ts";

export async function handleCi(
	parts: Parts,
	{ repository, pull, head }: HintOf<"ci-ended">,
	delivery: number,
): Promise<void> {
	const run = await runOfPull(parts.db, repository.id, pull);
	if (!run) return;
	const { reader } = parts.connect(repository, run.id);
	const { state, headSha } = await reader.pull(pull);
	if (state !== "open" || headSha !== head) return;
	const app = failedApp(await reader.ci(head));
	if (!app) return;
	const at = new Date().toISOString();
	await apply(
		parts,
		run.id,
		{ type: "ci-failed", pull, head, app, at },
		delivery,
	);
}
