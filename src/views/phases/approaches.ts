// Phase 4: the approaches side by side, and the one recommended.
import type { Design } from "../../reports/designs.ts";
import type { Reports } from "../../reports/reports.ts";
import type { Approach } from "../../reports/workflow.ts";
import { approachInForce, designInForce } from "../../run/choice.ts";
import { clean, cleanLine } from "../clean.ts";
import { count, measure } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import type { About } from "./about.ts";
import { flowSketch } from "./flow-sketch.ts";
import { bullets } from "./key-files.ts";

type Report = Reports["architecture"];

export function approachesView(report: Report, { run }: About): PhaseView {
	const { designs, recommended, reasons } = report;
	const chosen = approachInForce(run, report);
	const inForce = designInForce(run, report);
	const lead =
		chosen === recommended
			? `**Recommended: ${chosen}**${inForce ? ` (${cleanLine(inForce.name)})` : ""}.`
			: `**Chosen: ${chosen}** (recommended was ${recommended}).`;
	return {
		summary: [
			`${lead} ${reasons.map(cleanLine).join(" ")}`,
			comparison(report, chosen),
			...(inForce ? [sketch(inForce)] : []),
			"`/choose baseline | state-of-the-art | pragmatic` takes another one, until the design is approved.",
		].join("\n\n"),
		details: [
			...designs.map((design) => ({
				title: `${design.approach}: ${cleanLine(design.name)}`,
				markdown: inFull(design),
			})),
			{ title: "Fact check", markdown: factCheck(report) },
		],
		facts: { chosen, recommended },
	};
}

function comparison({ designs, factCheck }: Report, chosen: Approach): string {
	const bold = (design: Design, text: string) =>
		design.approach === chosen ? `**${text}**` : text;
	const row = (title: string, show: (design: Design) => string) => [
		title,
		...designs.map(show),
	];
	return table(
		["", ...designs.map(({ approach }) => approach)],
		[
			row("model", (d) => bold(d, cleanLine(d.name))),
			row("expected metric", ({ expected_metric: { low, high, source } }) =>
				[`${measure(low)} to ${measure(high)}`, `(${cleanLine(source)})`].join(
					" ",
				),
			),
			row("training", (d) => `${measured(d.resources.training_minutes)} min`),
			row("memory", (d) => `${count(d.resources.memory_mb)} MB`),
			row("GPU", (d) => (d.resources.gpu ? "needed" : "not needed")),
			row("lines of code", (d) => count(d.lines_of_code)),
			row("interpretability", (d) => d.interpretability),
			row("leak safety", (d) => cleanLine(d.leak_safety)),
			row("counters", (d) => d.risks_addressed.join(", ")),
			row("facts", (d) => soundness(d, factCheck)),
		],
	);
}

const measured = (minutes: number) =>
	minutes > 0 && minutes < 1 ? "under 1" : count(Math.round(minutes));

function soundness(design: Design, { verdicts }: Report["factCheck"]): string {
	const verdict = verdicts.find((v) => v.approach === design.approach);
	if (!verdict) return "not checked";
	return verdict.sound ? "sound" : "**not sound**";
}

const sketch = (design: Design) =>
	flowSketch([
		["in", design.inputs],
		["fit", design.training.optimizer],
		["model", design.name],
		["out", design.outputs],
	]);

/** What goes in, what comes out, how it is fitted: one line each. */
export const specification = ({ inputs, outputs, training }: Design) => [
	`Input: ${inputs}`,
	`Output: ${outputs}`,
	`Loss: ${training.loss}`,
	`Optimizer: ${training.optimizer}`,
	`Schedule: ${training.schedule}`,
];

const inFull = (design: Design) =>
	[
		clean(design.summary),
		clean(design.architecture),
		bullets([...specification(design), `Inference: ${design.inference}`]),
	].join("\n\n");

const factCheck = ({ factCheck: { verdicts } }: Report) =>
	table(
		["approach", "claims", "remark"],
		verdicts.map(({ approach, sound, remark }) => [
			approach,
			sound ? "sound" : "**not sound**",
			cleanLine(remark),
		]),
	);
