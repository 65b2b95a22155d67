// What a push by people does to the findings of the pull request it went to.
import type { FindingsSeen, PullPushed } from "./advance.ts";
import { askForTheRest } from "./dismiss.ts";
import { nothing } from "./moves.ts";
import { openFindings } from "./open-findings.ts";
import type { Step } from "./order.ts";
import { isLive, type Resolution, type Run } from "./run.ts";

/** The new head has no checks: they are shown there as far as they still hold. */
export function pullPushed(run: Run, { pull }: PullPushed): Step {
	const isOurs = run.done.some((done) => done.pull?.number === pull);
	const isAttentive = isLive(run) || run.state === "delivered";
	return run.findings && isOurs && isAttentive
		? { run, orders: [{ do: "show-findings", pulls: [pull] }] }
		: nothing(run);
}

/** A finding whose lines are gone at the head is settled, until they come back. */
export function findingsSeen(run: Run, seen: FindingsSeen): Step {
	const { there, gone, head, at } = seen;
	const back = (run.findings ?? []).filter(({ id }) => there.includes(id));
	const before = run.resolutions ?? [];
	const still = before.filter((one) =>
		back.every(({ fingerprint }) => fingerprint !== one.fingerprint),
	);
	const resolved = openFindings(run)
		.filter(({ id }) => gone.includes(id))
		.map(
			({ id, fingerprint }): Resolution => ({
				...{ finding: id, fingerprint, head, at },
			}),
		);
	if (resolved.length === 0 && still.length === before.length)
		return nothing(run);
	const resolutions = [...still, ...resolved];
	return askForTheRest({ ...run, resolutions }, at);
}
