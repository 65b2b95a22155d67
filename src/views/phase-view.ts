// What a phase shows on the issue, before it becomes a comment.

export interface PhaseView {
	/** Three to six lines of Markdown: what a busy engineer reads. */
	readonly summary: string;
	/** Folded sections below, in order. */
	readonly details: readonly {
		readonly title: string;
		readonly markdown: string;
	}[];
	/** Machine-readable facts kept in the comment's hidden marker. */
	readonly facts?: Readonly<Record<string, unknown>>;
}
