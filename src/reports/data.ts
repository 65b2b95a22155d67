// Phase 2: the data landscape.
import { z } from "zod";
import { Evidence, KeyFile, KeyFiles, line, text } from "./fields.ts";

export const DATA_TOPICS = [
	"data source",
	"feature engineering",
	"preprocessing",
	"data validation",
] as const;

export const Exploration = z
	.object({
		summary: text(),
		findings: z
			.array(
				z.object({
					topic: z.enum(DATA_TOPICS),
					text: line(),
					evidence: Evidence,
				}),
			)
			.min(1)
			.max(20),
		key_files: KeyFiles,
		unknowns: z.array(line()).max(8).describe("What could not be found out"),
	})
	.describe("One explorer's findings");
export type Exploration = z.infer<typeof Exploration>;

/** The four parts of phase 2's summary, in the order people read them. */
export const DATA_PARTS = [
	"data_sources",
	"feature_engineering",
	"preprocessing",
	"data_validation",
] as const;

export const DataSummary = z
	.object({
		data_sources: text("With their formats"),
		feature_engineering: text("How each is computed, and which rows that sees"),
		preprocessing: text(
			"How data is cleaned, typed, joined and split, in order",
		),
		data_validation: text(
			"How data is checked, in code and in tests, and what is not checked",
		),
		evidence: z
			.array(Evidence.extend({ part: z.enum(DATA_PARTS) }))
			.min(4)
			.max(20)
			.describe("Places that show each part, or where the missing would stand"),
	})
	.describe("The data architecture in four parts");
export type DataSummary = z.infer<typeof DataSummary>;

const Part = z.object({ summary: z.string(), evidence: z.array(Evidence) });

/** The summary with each part's own evidence. */
export const DataArchitecture = z.object({
	data_sources: Part,
	feature_engineering: Part,
	preprocessing: Part,
	data_validation: Part,
});
export type DataArchitecture = z.infer<typeof DataArchitecture>;

/** One column of a table, as counted by our own code. Fractions are 0 to 1. */
export const ColumnProfile = z.object({
	name: z.string(),
	type: z.enum([
		"integer",
		"number",
		"boolean",
		"date",
		"category",
		"text",
		"empty",
	]),
	missing: z.number(),
	distinct: z.number().int(),
	/** Most frequent values with their counts, at most 5. */
	top: z.array(z.object({ value: z.string(), count: z.number().int() })),
	min: z.string().optional(),
	max: z.string().optional(),
	mean: z.number().optional(),
	/** Values beyond 1.5 interquartile ranges (Tukey 1977); numeric columns only. */
	outliers: z.number().int().optional(),
});

export const DataProfile = z.object({
	path: z.string(),
	format: z.enum(["csv", "tsv", "jsonl", "parquet"]),
	/** sha256 of the file's bytes. */
	digest: z.string(),
	rows: z.number().int(),
	/** true when only the first part of a large file was read. */
	truncated: z.boolean(),
	/** Of the whole file, where it tells without being read. */
	totalRows: z.number().int().optional(),
	columns: z.array(ColumnProfile),
	duplicateRows: z.number().int(),
	/** Pairs of numeric columns with |r| >= 0.8 (Pearson), strongest first, at most 10. */
	correlations: z.array(
		z.object({ columns: z.tuple([z.string(), z.string()]), r: z.number() }),
	),
	/** Columns with two to twenty values that look like a label, with class shares. */
	classBalance: z.array(
		z.object({
			column: z.string(),
			shares: z.array(z.object({ value: z.string(), share: z.number() })),
		}),
	),
	/** Identifier-like columns whose values repeat: rows that belong together. */
	groupRepeats: z.array(
		z.object({
			column: z.string(),
			groups: z.number().int(),
			largest: z.number().int(),
		}),
	),
});
export type DataProfile = z.infer<typeof DataProfile>;
export type ColumnProfile = z.infer<typeof ColumnProfile>;

/** A range of a file as code read it. */
export const Excerpt = z.object({
	path: z.string(),
	startLine: z.number().int(),
	/** The last line that was read. */
	endLine: z.number().int(),
	/** Lines of the range that were left out, for its length. */
	left: z.number().int(),
});
export type Excerpt = z.infer<typeof Excerpt>;

export const DataReport = z.object({
	profiles: z.array(DataProfile),
	explorations: z.array(
		z.object({ aspect: z.string(), exploration: Exploration }),
	),
	/** The union of the explorers' key files, without repeats. */
	keyFiles: z.array(KeyFile),
	/** What was read of the key files of phases 1 and 2 before the summary. */
	read: z.array(Excerpt),
	architecture: DataArchitecture,
});
export type DataReport = z.infer<typeof DataReport>;
