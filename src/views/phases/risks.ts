// Phase 3: the risk register.
import type { Reports } from "../../reports/reports.ts";
import type { Risk } from "../../reports/risks.ts";
import { clean, cleanLine } from "../clean.ts";
import { fileLink } from "../links.ts";
import { plural } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { severityText } from "../severity.ts";
import { table } from "../table.ts";
import type { About } from "./about.ts";
import { profileSummary } from "./data-profile.ts";

export function risksView(
	{ risks, summaries }: Reports["risks"],
	{ run, before }: About,
): PhaseView {
	const critical = risks.filter(({ severity }) => severity === "critical");
	const lead = risks.length
		? `**${plural(risks.length, "risk")}**, ${critical.length || "none"} critical.`
		: "**No risk** was found that the design has to counter.";
	const rows = risks.map((risk) => [
		risk.id,
		`${cleanLine(risk.title)} (${cleanLine(risk.tier ? `${risk.source}, ${risk.tier}` : risk.source)})`,
		severityText(risk.severity),
		evidence(risk, run),
		cleanLine(risk.designDemand),
	]);
	const profiles = profileSummary(before.data.profiles);
	return {
		summary: [
			lead,
			table(
				["#", "risk", "severity", "evidence", "what the design must do"],
				rows,
			),
			...(risks.length > 0 ? [ruling(risks)] : []),
		]
			.filter(Boolean)
			.join("\n\n"),
		details: [
			...(risks.length
				? [{ title: "Mitigations", markdown: mitigations(risks) }]
				: []),
			...(profiles
				? [{ title: "The data behind it", markdown: profiles }]
				: []),
			...(summaries.length
				? [
						{
							title: "Who looked for what",
							markdown: summaries.map(clean).join("\n\n"),
						},
					]
				: []),
		],
		facts: {
			risks: risks.map(({ id, severity, source }) => ({
				id,
				severity,
				source,
			})),
		},
	};
}

const ruling = ([first]: readonly Risk[]) =>
	`\`/risk ${first?.id ?? "R1"} modify <how>\` has the design changed, \`accept\` lives with a risk, \`block\` goes no further; a critical risk that the design does not mitigate has to be accepted by name.`;

const evidence = ({ path, line, source }: Risk, run: About["run"]) =>
	path ? fileLink(run, run.base.sha, path, line) : cleanLine(source);

const mitigations = (risks: readonly Risk[]) =>
	table(
		["#", "class", "mitigation"],
		risks.map((risk) => [risk.id, risk.class, cleanLine(risk.mitigation)]),
	);
