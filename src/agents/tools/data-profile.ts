import { z } from "zod";
import { findTables } from "../../ml/profile/find-tables.ts";
import { profileFile } from "../../ml/profile/profile-file.ts";
import type { DataProfile } from "../../reports/data.ts";
import { locate } from "../../workspace/reading/reading.ts";
import type { Tree } from "../../workspace/tree.ts";
import { type Reading, readingTool } from "./tool.ts";

const MOST_COLUMNS = 80;
const MOST_VALUES = 3;

export const dataProfile = readingTool({
	name: "data_profile",
	description:
		"Profiles a table (CSV, TSV, JSON Lines, Parquet) by code: types, missing, ranges, frequent values, class balance, repeated ids, outliers, correlations. Without a path: every table found.",
	input: z.strictObject({
		path: z.string().optional(),
	}),
	async read(tree, { path: asked }) {
		const tables = asked ? [asked] : findTables(await tree.paths());
		if (tables.length === 0)
			return {
				ok: true,
				text: "There is no CSV, TSV, JSON Lines or Parquet table in this repository.",
			};
		const pictures = await Promise.all(tables.map((t) => picture(tree, t)));
		const [first] = pictures;
		if (asked && first) return first;
		const texts = pictures.map((p) => (p.ok ? p.text : p.message));
		return { ok: true, text: texts.join("\n\n") };
	},
});

async function picture(tree: Tree, asked: string): Promise<Reading> {
	const place = await locate(tree, asked);
	if (!place.ok) return place;
	const { path } = place;
	const bytes = place.kind === "file" ? await tree.read(path) : undefined;
	if (!bytes)
		return {
			ok: false,
			code: "E_FORMAT",
			message:
				place.kind === "folder"
					? `${asked} is a folder; name a table in it`
					: `${path} cannot be read as a file`,
		};
	const profile = await profileFile(path, bytes);
	if ("fault" in profile)
		return {
			ok: false,
			code: "E_FORMAT",
			message: `${path}: ${profile.fault}. Use view to read it as text.`,
		};
	return { ok: true, text: showProfile(profile) };
}

/** A table for the eye of a model: one line a column. */
export function showProfile(profile: DataProfile): string {
	const shown = profile.columns.slice(0, MOST_COLUMNS);
	const left = profile.columns.length - shown.length;
	return [
		`# ${profile.path} (${profile.format}): ${showRows(profile)}, ${profile.columns.length} columns, ${profile.duplicateRows} duplicate rows`,
		"column | type | missing | distinct | range or frequent values",
		...shown.map(showColumn),
		...(left > 0 ? [`(${left} more columns)`] : []),
		...profile.classBalance.map(
			({ column, shares }) =>
				`class balance of ${column}: ${shares.map((s) => `${s.value} ${percent(s.share)}`).join(", ")}`,
		),
		...profile.groupRepeats.map(
			({ column, groups, largest }) =>
				`${column} repeats: ${groups} different values, the most frequent in ${largest} rows`,
		),
		...profile.columns
			.filter(({ outliers }) => outliers)
			.map(
				({ name, outliers }) =>
					`outliers in ${name}: ${outliers} values beyond 1.5 interquartile ranges`,
			),
		...profile.correlations.map(
			({ columns, r }) =>
				`${columns.join(" and ")} correlate: r ${r.toFixed(2)}`,
		),
	].join("\n");
}

function showRows({ rows, truncated, totalRows }: DataProfile): string {
	if (!truncated) return `${rows} rows`;
	return `${rows} rows read, the file has ${totalRows ?? "more"}`;
}

function showColumn(column: DataProfile["columns"][number]): string {
	const { name, type, missing, distinct, min, max, mean, top } = column;
	const values =
		min === undefined
			? top
					.slice(0, MOST_VALUES)
					.map(({ value, count }) => `${value.replace(/\s+/g, " ")} (${count})`)
					.join(", ")
			: `${min} to ${max}${mean === undefined ? "" : `, mean ${Number(mean.toPrecision(4))}`}`;
	const named = name.replace(/\s+/g, " ").slice(0, 100);
	return [named, type, percent(missing), distinct, values].join(" | ");
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;
