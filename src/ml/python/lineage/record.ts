// What the trace of a repository writes down for the rules to read.
import type { CodePlace } from "../flow/flow.ts";
import type { Rows } from "./rows.ts";

/**
 * "fit": a transformer was fitted; "aggregate": a number over rows; "group": a
 * number per category; "resample": rows made of other rows; the others look
 * along the order of the rows.
 */
export type TaintKind =
	| "fit"
	| "aggregate"
	| "group"
	| "resample"
	| "backfill"
	| "ahead"
	| "window"
	| "centred";

/** Something that looked at rows and whose result went into other values. */
export interface Taint {
	readonly kind: TaintKind;
	/** The class, function or method that looked, e.g. "StandardScaler". */
	readonly name: string;
	/** The rows it looked at. */
	readonly source: Rows;
	/** The columns it looked at, where they are known. */
	readonly columns?: readonly string[] | undefined;
	/** It saw the label too. */
	readonly supervised?: boolean | undefined;
	readonly place: CodePlace;
	/** The column it was written into, where that is known. */
	readonly into?: string | undefined;
	/** The same look, before it was written into a column. */
	readonly origin?: Taint | undefined;
}

export type EstimatorRole = "model" | "transformer" | "resampler" | "splitter";

export interface Estimator {
	readonly name: string;
	readonly role: EstimatorRole;
	readonly place: CodePlace;
	/** What a fitted transformer puts into rows. */
	learned: readonly Taint[];
	/** False for transformers that learn nothing worth hiding. */
	readonly learns: boolean;
	/** Rows it was made with, for those that are fitted without arguments. */
	readonly given?: Material | undefined;
	/** Steps of a pipeline, or what a search or an ensemble wraps. */
	readonly inner: readonly Estimator[];
	/** How its arguments are written, by name. */
	readonly settings: ReadonlyMap<string, string>;
}

/** Rows as they were when something happened to them. */
export interface Material {
	readonly rows: Rows;
	readonly taints: readonly Taint[];
	readonly columns?: readonly string[] | undefined;
	/** Set when it is all of a loaded table but these columns. */
	lacks?: readonly string[] | undefined;
}

export interface Fit {
	readonly estimator: Estimator;
	readonly data: Material;
	readonly place: CodePlace;
	readonly order: number;
	/** The column of the labels, where it is known. */
	readonly label?: string | undefined;
	readonly loops: readonly string[];
	/** Rows it was given to watch while it learned, and how they are written. */
	readonly watched?: Material | undefined;
	readonly watchedText?: string | undefined;
	/** It stopped, or kept a state, by what it watched. */
	readonly stops?: boolean | undefined;
}

/** "validation": watched while fitting; "folds": cross-validation makes its own parts. */
export type ScoreKind = "predict" | "score" | "validation" | "folds";

export interface Score {
	readonly estimator: Estimator;
	readonly data: Material;
	readonly kind: ScoreKind;
	readonly place: CodePlace;
	readonly order: number;
	/** The variables of the loops it stands in, outermost first. */
	readonly loops: readonly string[];
	/** How the rows are written. */
	readonly text: string;
	/** A number was made of it. */
	measured: boolean;
	/** That number went into a mean or a spread. */
	averaged: boolean;
	/** A network was applied for training, as a later backward() shows. */
	trained: boolean;
}

/** One of several scores was preferred. */
export interface Selection {
	readonly scores: readonly Score[];
	readonly place: CodePlace;
}

export interface Split {
	/** The function or class that divides, e.g. "train_test_split". */
	readonly name: string;
	readonly rows: Rows;
	/** The id its parts carry in their paths. */
	readonly id: string;
	readonly data: Material;
	readonly settings: ReadonlyMap<string, string>;
	readonly place: CodePlace;
}

/** Why rows are believed to be in order of time. */
export interface TimeEvidence {
	readonly root: string;
	readonly why: string;
	readonly place: CodePlace;
}

/** A rows operation some rule looks at by itself. */
export interface Operation {
	readonly name: string;
	readonly rows: Rows;
	readonly settings: ReadonlyMap<string, string>;
	readonly place: CodePlace;
}

export interface Pair {
	readonly fit: Fit;
	readonly score: Score;
}

/** Something that looked at rows which are judged apart, or meant to be. */
export interface Leak {
	readonly taint: Taint;
	/** Missing where the rows are divided and nobody was seen to judge them. */
	readonly score?: Score | undefined;
	/** Missing too where cross-validation fits by itself. */
	readonly fit?: Fit | undefined;
	/** Where the rows are divided, as far as that is known. */
	readonly split?: Split | undefined;
	/** It looked at rows of the fit too, not only at those of the score. */
	readonly both: boolean;
}

export interface Lineage {
	readonly fits: readonly Fit[];
	readonly scores: readonly Score[];
	readonly splits: readonly Split[];
	readonly times: readonly TimeEvidence[];
	readonly operations: readonly Operation[];
	/** Fits of transformers. */
	readonly learnings: readonly Fit[];
	/** Where windows are cut out of rows in a loop over positions. */
	readonly windows: readonly Operation[];
	readonly selections: readonly Selection[];
	/** Each score with the fit it is about. */
	readonly pairs: readonly Pair[];
	readonly leaks: readonly Leak[];
	/** Files and functions that were not followed to their end, and why. */
	readonly unfinished: readonly string[];
}
