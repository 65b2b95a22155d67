// Whether the repository's own CI failed on pull requests of a run: asked when it
// says something, and every hour for what never reached us.
import type { Pull } from "../github/pulls.ts";
import type { Reader } from "../github/reading.ts";
import { type CiCheck, failedApp, ownFailures } from "../reports/ci.ts";
import { unmergedPulls } from "../run/awaited-pulls.ts";
import { ciId } from "../run/review-ids.ts";
import type { Run } from "../run/run.ts";
import { ciLine } from "../views/ci.ts";
import { apply } from "./apply.ts";
import type { Parts } from "./parts.ts";

/** CI on a pull request's head, and on what it is based on. */
export async function ciAround(
	run: Run,
	reader: Pick<Reader, "ci">,
	{ headSha, base }: Pick<Pull, "headSha" | "base">,
): Promise<{ checks: CiCheck[]; below: CiCheck[] }> {
	const checks = await reader.ci(headSha);
	if (ownFailures(checks, []).length === 0) return { checks, below: [] };
	const below = await reader.ci(`heads/${base}`);
	// Nobody tells us when the default branch's ends.
	const known = ({ state }: CiCheck) =>
		base !== run.base.branch || state !== "running";
	return { checks, below: below.filter(known) };
}

/** Tells the run of a failure that it does not know; whether CI runs there still. */
export async function followCi(
	parts: Parts,
	run: Run,
	pull: Pick<Pull, "number" | "headSha" | "base" | "state">,
): Promise<"running" | "ended"> {
	const { number, headSha: head, state } = pull;
	const known = run.reviews?.some(({ id }) => id === ciId(head));
	if (known || state !== "open") return "ended";
	const { reader } = parts.connect(run.repository, run.id);
	const { checks, below } = await ciAround(run, reader, pull);
	const app = failedApp(checks, below);
	const at = new Date().toISOString();
	if (app)
		await apply(parts, run.id, {
			...({ type: "ci-failed", pull: number } as const),
			...{ head, app, at },
		});
	return checks.some((one) => one.state === "running") ? "running" : "ended";
}

/** How CI stands on what is not merged, in a line. */
export async function ciOf(
	parts: Parts,
	run: Run,
): Promise<string | undefined> {
	const { reader } = parts.connect(run.repository, run.id);
	const pulls = unmergedPulls(run).map(async ({ number, branch }) => ({
		number,
		checks: await reader.ci(`heads/${branch}`),
	}));
	return ciLine(await Promise.all(pulls));
}
