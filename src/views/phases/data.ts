// Phase 2: the data as counted, the pipelines as found.
import { DATA_TOPICS } from "../../reports/data.ts";
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
	const { profiles, explorations, keyFiles } = report;
	const unknowns = explorations.flatMap((e) => e.exploration.unknowns);
	const counted = profiles.length
		? `**${plural(profiles.length, "table")}**, counted by code, not told by a model:`
		: "**No table** in the repository could be read; what follows is from its code alone.";
	const found = explorations.map(
		({ aspect, exploration }) =>
			`**${cleanLine(aspect.replaceAll("-", " "))}:** ${clean(exploration.summary)}`,
	);
	return {
		summary: [counted, profileSummary(profiles), ...found]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			...profiles.map((profile) => ({
				title: `Schema of ${cleanLine(profile.path)}`,
				markdown: `${schemaTable(profile)}\n\nsha256 \`${profile.digest}\``,
			})),
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
