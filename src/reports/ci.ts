// What the repository's own CI says of a commit: checks of other apps than ours.

export interface CiCheck {
	readonly id: number;
	readonly name: string;
	/** The slug of the app that reports it. */
	readonly app: string;
	readonly state: "running" | "passed" | "failed";
	/** GitHub's word for how it ended. */
	readonly conclusion: string;
}

/** The app whose checks failed, once all of them have ended. */
export const failedApp = (checks: readonly CiCheck[]): string | undefined =>
	checks.find(
		({ state, app }) =>
			state === "failed" &&
			!checks.some((other) => other.app === app && other.state === "running"),
	)?.app;
