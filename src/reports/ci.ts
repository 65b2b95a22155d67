// What the repository's own CI says of a commit: checks of other apps than ours,
// and statuses.

export interface CiCheck {
	readonly id: number;
	readonly name: string;
	/** The slug of the app that reports it, or what a status's context begins with. */
	readonly app: string;
	/** "stopped": it ended without a verdict. */
	readonly state: "running" | "passed" | "failed" | "stopped";
	/** GitHub's word for how it ended. */
	readonly conclusion: string;
	/** When it ended. */
	readonly endedAt?: string;
}

const isSame = (one: CiCheck) => (other: CiCheck) =>
	one.app === other.app && one.name === other.name;

/** What fails on what a pull request is based on, too, is not its doing. */
export const ownFailures = (
	checks: readonly CiCheck[],
	below: readonly CiCheck[],
): CiCheck[] => {
	const failing = below.filter(({ state }) => state === "failed");
	return checks.filter(
		(one) => one.state === "failed" && !failing.some(isSame(one)),
	);
};

/** Some checks wait for a person, and would be waited for in vain. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * The app whose checks failed by the pull request's own doing, once all of them
 * have ended, and the same one below: at the latest an hour after it failed.
 */
export function failedApp(
	checks: readonly CiCheck[],
	below: readonly CiCheck[] = [],
	now = Date.now(),
): string | undefined {
	const waitsFor = (failed: CiCheck) =>
		checks.some(
			({ app, state }) => app === failed.app && state === "running",
		) || below.filter(isSame(failed)).some(({ state }) => state === "running");
	const isOld = ({ endedAt = "" }: CiCheck) =>
		now - Date.parse(endedAt) > LONGEST_WAIT_MS;
	return ownFailures(checks, below).find(
		(failed) => isOld(failed) || !waitsFor(failed),
	)?.app;
}
