// What people say about a pull request, and what is answered.

/** One remark of a review: a comment on a line, the review's own words, or a /revise. */
export interface Remark {
	/** C1, C2, … */
	readonly name: string;
	readonly text: string;
	readonly path?: string;
	readonly line?: number;
	/** First comment of the thread on the pull request's lines that it stands in. */
	readonly thread?: number;
	/** What its author and we said before it in that thread. */
	readonly before?: readonly { readonly by: string; readonly text: string }[];
}

export interface Answer {
	/** The remark's name. */
	readonly to: string;
	readonly outcome:
		| "done"
		| "answered"
		| "against the design"
		| "declined"
		| "broke tests";
	/** The writer's words. */
	readonly says: string;
	/** Where the change shows it. */
	readonly place?: { readonly path: string; readonly line: number };
	/** The words of the approved design that stand against it. */
	readonly design?: string;
}
