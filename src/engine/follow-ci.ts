// Whether the repository's own CI failed on pull requests of a run: asked when it
// says something, and every hour for what never reached us.
import type { Pull } from "../github/pulls.ts";
import type { Reader } from "../github/reading.ts";
import { failedApp } from "../reports/ci.ts";
import { unmergedPulls } from "../run/awaited-pulls.ts";
import type { CiFailed } from "../run/ci-failures.ts";
import { ciId } from "../run/review-ids.ts";
import type { Run } from "../run/run.ts";
import { ciLine } from "../views/ci.ts";
import { apply } from "./apply.ts";
import type { Parts } from "./parts.ts";

/** What the run is to hear of a pull request as it stands; nothing while CI runs or is well. */
export async function failedCi(
	reader: Pick<Reader, "ci">,
	{
		number: pull,
		headSha: head,
		state,
	}: Pick<Pull, "number" | "headSha" | "state">,
): Promise<CiFailed | undefined> {
	if (state !== "open") return undefined;
	const app = failedApp(await reader.ci(head));
	const at = new Date().toISOString();
	return app ? { type: "ci-failed", pull, head, app, at } : undefined;
}

/** Tells the run of each failure that it does not know. */
export async function followCi(
	parts: Parts,
	run: Run,
	pulls: readonly Pull[],
): Promise<void> {
	const { reader } = parts.connect(run.repository, run.id);
	const known = new Set(run.reviews?.map(({ id }) => id));
	for (const pull of pulls) {
		if (known.has(ciId(pull.headSha))) continue;
		const failed = await failedCi(reader, pull);
		if (failed) await apply(parts, run.id, failed);
	}
}

/** How CI stands on what is not merged, in a line; a branch that is gone says nothing. */
export async function ciOf(
	parts: Parts,
	run: Run,
): Promise<string | undefined> {
	const { reader } = parts.connect(run.repository, run.id);
	const pulls = unmergedPulls(run).map(async ({ number, branch }) => ({
		number,
		checks: await reader.ci(`heads/${branch}`).catch((error) => {
			parts.log.warn({ run: run.id, number, error }, "its CI is unknown");
			return [];
		}),
	}));
	return ciLine(await Promise.all(pulls));
}
