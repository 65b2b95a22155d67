// What the data flow of a repository shows; rules read it and judge.

/** Lines of one file, 1-based, both included. */
export interface CodePlace {
	readonly path: string;
	readonly startLine: number;
	readonly endLine: number;
}

/** A statistic of one column per value of another, e.g. the churn rate per region. */
export interface Statistic {
	/** The rows it was computed on, as a path of parts (see table.ts). */
	readonly source: string;
	/** The column that was summed or averaged. */
	readonly column: string;
	/** The columns whose values it was grouped by, as far as known. */
	readonly by: readonly string[];
	readonly place: CodePlace;
}

/** A statistic that became a feature of rows which are divided into parts. */
export interface EncodedAcrossSplit {
	readonly statistic: Statistic;
	/** Where the rows got it. */
	readonly written: CodePlace;
	/** Where the rows are divided. */
	readonly split: CodePlace;
}

export interface Flow {
	/** Statistics whose source holds rows of both sides of a later (or earlier) split. */
	readonly encodings: readonly EncodedAcrossSplit[];
	/** Columns the code itself treats as the label. */
	readonly labels: ReadonlySet<string>;
	/** Modules and functions that were not followed to their end, and why. */
	readonly unfinished: readonly string[];
	/** The text of lines of a file. */
	quote(place: CodePlace): string;
}
