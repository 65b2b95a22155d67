// A review as data: what the publisher posts on a pull request.

export interface ReviewView {
	/** One review per key on its pull request. */
	readonly key: string;
	/** Markdown. */
	readonly intro: string;
	readonly remarks: readonly Remark[];
}

/** Said at its lines where GitHub shows them, else among the words above. */
export interface Remark {
	readonly path: string;
	readonly startLine: number;
	readonly endLine: number;
	/** Markdown of several lines; may hold a suggestion. */
	readonly comment: string;
	/** Markdown of one line. */
	readonly inShort: string;
}
