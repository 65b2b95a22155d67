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

/** Some wait for a person, and would be waited for in vain. */
const LONGEST_WAIT_MS = 3_600_000;

/** The app whose checks failed, once all of them have ended or it is an hour ago. */
export const failedApp = (
	checks: readonly CiCheck[],
	now = Date.now(),
): string | undefined =>
	checks.find(
		({ state, app, endedAt = "" }) =>
			state === "failed" &&
			(now - Date.parse(endedAt) > LONGEST_WAIT_MS ||
				!checks.some(
					(other) => other.app === app && other.state === "running",
				)),
	)?.app;
