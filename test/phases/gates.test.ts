// Where people are asked: at every place of the specification if they want that,
// by default where it matters, and always before anything is built.
import { describe, expect, it } from "vitest";
import { PHASES } from "../../src/phases/index.ts";
import { parseConfig } from "../../src/run/parse-config.ts";
import type { Run } from "../../src/run/run.ts";
import { reports, run } from "../views/samples.ts";

const REPORT_OF = Object.values(reports);

function gatesWith(text: string, more: Partial<Run> = {}) {
	const parsed = parseConfig({ own: text });
	if (!parsed.ok) throw new Error(parsed.faults.join());
	const about = {
		run: { ...run, config: parsed.config, ...more },
		before: {
			...reports,
			review: {
				...reports.review,
				fixed: [],
				remarks: [],
				decidedBy: undefined,
			},
		},
	};
	// Phase 11 asks by its outcome alone, whatever the configuration says.
	const configurable = PHASES.filter(({ number }) => number !== 11);
	return configurable.flatMap((phase) => {
		const report =
			phase.number === 10 ? about.before.review : REPORT_OF[phase.number - 1];
		const gate = phase.gate?.(report as never, about as never);
		return gate ? [`${phase.number} ${gate.name}`] : [];
	});
}

describe("gates", () => {
	it("of the specification are six, one a confirmation it asks for", () => {
		expect(gatesWith("gates: specification")).toEqual([
			"1 requirements",
			"3 risks",
			"4 approach",
			"5 pipeline",
			"6 approval",
			"10 findings",
		]);
	});

	it("by default are the approval, and the findings where there are some", () => {
		expect(gatesWith("")).toEqual(["6 approval", "10 findings"]);
	});

	it("can be asked for one by one, but the approval cannot be turned off", () => {
		expect(gatesWith("gates:\n  risks: ask\n  findings: auto")).toEqual([
			"3 risks",
			"6 approval",
		]);
		expect(parseConfig({ own: "gates:\n  approval: auto" }).ok).toBe(false);
	});

	it("of the design name the critical risks that it leaves open", () => {
		const open = reports.risks.risks
			.filter(({ severity }) => severity === "critical")
			.map(({ id }) => id);
		const designs = reports.architecture.designs.map((design) => ({
			...design,
			risks_addressed: [],
		}));
		const before = {
			...reports,
			architecture: { ...reports.architecture, designs },
		};
		const gate = PHASES[5]?.gate?.(
			reports.evaluationPlan as never,
			{
				run,
				before,
			} as never,
		);
		expect(gate?.mustAccept).toEqual(open);
		expect(gate?.command).toMatch(
			new RegExp(`^/approve [0-9a-f]{8} accept ${open.join(",")}$`),
		);
	});
});
