// Phase 2: the data as counted, the pipelines as found.
import { DATA_TOPICS, type DataArchitecture } from "../../reports/data.ts";
import type { Reports } from "../../reports/reports.ts";
import { clean, cleanLine } from "../clean.ts";
import { fileLink } from "../links.ts";
import { plural } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import type { About } from "./about.ts";
import { profileSummary, schemaTable } from "./data-profile.ts";
import { bullets, keyFileList } from "./key-files.ts";

type Report = Reports["data"];

export function dataView(report: Report, { run }: About): PhaseView {
	const { profiles, explorations, keyFiles, architecture } = report;
	const unknowns = explorations.flatMap((e) => e.exploration.unknowns);
	const counted = profiles.length
		? `**${plural(profiles.length, "table")}**, counted by code, not told by a model:`
		: "**No table** in the repository could be read; what follows is from its code alone.";
	const found = explorations.map(
		({ aspect, exploration }) =>
			`**${cleanLine(aspect.replaceAll("-", " "))}:** ${clean(exploration.summary)}`,
	);
	return {
		summary: [
			counted,
			profileSummary(profiles),
			...PARTS.map((part) => partOf(architecture, part, run)),
			whatWasRead(report),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			...profiles.map((profile) => ({
				title: `Schema of ${cleanLine(profile.path)}`,
				markdown: `${schemaTable(profile)}\n\nsha256 \`${profile.digest}\``,
			})),
			...(found.length
				? [{ title: "What each explorer says", markdown: found.join("\n\n") }]
				: []),
			...(explorations.length
				? [{ title: "Findings by topic", markdown: byTopic(report, run) }]
				: []),
			{
				title: `Key files (${keyFiles.length})`,
				markdown: keyFileList(run, keyFiles),
			},
			...(unknowns.length
				? [{ title: "Could not be found out", markdown: bullets(unknowns) }]
				: []),
		],
		facts: {
			tables: profiles.map(({ path, rows, digest }) => ({
				path,
				rows,
				digest,
			})),
		},
	};
}

/** The four parts, in order, as people call them. */
const PARTS = [
	["data_sources", "Data sources and formats"],
	["feature_engineering", "Feature engineering patterns"],
	["preprocessing", "Preprocessing pipelines"],
	["data_validation", "Data validation approaches"],
] as const satisfies readonly [keyof DataArchitecture, string][];

function partOf(
	architecture: DataArchitecture,
	[key, title]: (typeof PARTS)[number],
	run: About["run"],
): string {
	const { summary, evidence } = architecture[key];
	const links = evidence.map(({ path, line }) =>
		fileLink(run, run.base.sha, path, line),
	);
	const shown = links.length ? ` (${[...new Set(links)].join(", ")})` : "";
	return `**${title}:** ${clean(summary)}${shown}`;
}

function whatWasRead({ read }: Report): string {
	const files = new Set(read.map(({ path }) => path)).size;
	const lines = read.reduce((n, one) => n + one.endLine - one.startLine + 1, 0);
	const left = read.reduce((n, one) => n + one.left, 0);
	return `Read before this summary: ${plural(lines, "line")} of ${plural(files, "key file")}${left > 0 ? `; ${plural(left, "more line")} of their ranges ${left > 1 ? "were" : "was"} left out for length` : ""}.`;
}

function byTopic({ explorations }: Report, run: About["run"]): string {
	const findings = explorations.flatMap((e) => e.exploration.findings);
	return DATA_TOPICS.flatMap((topic) => {
		const lines = findings
			.filter((finding) => finding.topic === topic)
			.map(({ text, evidence: { path, line } }) => {
				return `- ${cleanLine(text)} (${fileLink(run, run.base.sha, path, line)})`;
			});
		return lines.length ? [`**${topic}**\n${lines.join("\n")}`] : [];
	}).join("\n\n");
}
