import { showData } from "../agents/prompt/show-data.ts";
import { fence } from "../agents/prompt/untrusted.ts";
import { recommendDesign } from "../ml/design-ranking.ts";
import type { DesignCheck } from "../reports/designs.ts";
import { type FactCheck, verdictOn } from "../reports/fact-check.ts";
import { APPROACHES } from "../reports/workflow.ts";
import { asks } from "../run/config.ts";
import { approachesView } from "../views/phases/approaches.ts";
import { definePhase } from "./phase.ts";

/** What sets the three designs apart. */
const FOCUS = {
	baseline:
		"the simplest model that could be good enough: quick to build, easy to explain",
	"state-of-the-art":
		"the best performance that this data and these resources can give, at the price of complexity",
	pragmatic:
		"most of the performance with code that this team will still like to maintain in a year",
} as const;

export const modelArchitecture = definePhase({
	number: 4,
	goal: "Design several approaches with their trade-offs and recommend one",
	report: "architecture",

	async perform({ agents, before }) {
		const submitted = await agents.inParallel<"design">(
			...APPROACHES.map((approach) => ({
				role: "ml-architect" as const,
				name: `design-${approach}`,
				phase: 4,
				submit: "design" as const,
				brief: `Design the **${approach}** approach: ${FOCUS[approach]}.
Decide; do not list options. Fit it to what the repository has. Say where preprocessing is fitted so that no held-out row is seen, which risks (R1, R2, …) the design mitigates, and what it will cost to train and to run.`,
			})),
		);
		// Who was asked for which approach is ours to say.
		const designs = APPROACHES.flatMap((approach, i) => {
			const design = submitted[i];
			return design ? [{ ...design, approach }] : [];
		});
		const checked = await agents.one({
			role: "data-scientist",
			name: "fact-check",
			phase: 4,
			submit: "fact_check",
			brief: `Check the claims of these designs against the data profile and the risks: is the expected metric believable, is preprocessing leak-safe, do cost and data size fit together? One verdict for each approach, by its name; a design that leaks or claims what is wrong is refuted.

${fence("report", 'name="designs"', showData(designs))}`,
		});
		const factCheck = soundnessOf(checked);
		const { recommended, reasons } = recommendDesign({
			designs,
			factCheck,
			risks: before.risks.risks,
			problemType: before.requirements.analysis.problem_type,
		});
		return {
			designs,
			factCheck,
			recommended,
			reasons,
		};
	},

	gate({ recommended }, { run }) {
		if (!asks(run.config, "approach")) return undefined;
		return {
			name: "approach",
			command: `/choose ${recommended}`,
			question: "Which approach shall I take?",
		};
	},

	view: approachesView,
});

/** A doubt does not make a design unsound: it stands in the remark. */
const soundnessOf = (checked: FactCheck): DesignCheck => ({
	verdicts: APPROACHES.flatMap((approach) => {
		const found = verdictOn(checked, approach);
		if (!found) return [];
		const { verdict, remark } = found;
		return [{ approach, sound: verdict !== "refuted", remark }];
	}),
});
