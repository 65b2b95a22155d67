// What a run knows of its pull requests and of what people asked on them.

export interface OpenedPull {
	readonly number: number;
	readonly branch: string;
	/** Where its branch stood when it was last looked at; absent: as its phase left it. */
	readonly head?: string;
	/** The commit of the default branch that was merged into it. */
	readonly start?: string;
}

export interface Stuck {
	/** Its number. */
	readonly pull: number;
	readonly why: "closed" | "elsewhere" | "conflict";
	/** A person said to go on all the same. */
	readonly waived?: boolean;
}

export interface MergedPull extends OpenedPull {
	/** The commit that holds it in its base. */
	readonly sha?: string;
}

/** One review, one /revise, or a failure of CI on a pull request of the run. */
export interface AskedReview {
	/** "review-7" or "comment-8", by GitHub's number; "ci-<head>". */
	readonly id: string;
	/** The pull request's number. */
	readonly pull: number;
	/** The phase that opened it. */
	readonly phase: number;
	readonly by: string;
	readonly state: "waiting" | "working" | "answered" | "failed";
	/** The attempt of that phase which answers it. */
	readonly attempt?: number;
	/** The commit made for it, until people push their own. */
	readonly made?: string;
}
