// What later agents are shown of each report: enough to decide by, without what
// they can read in the repository or what a later step has summed up.
import type { ReportName, Reports } from "../../reports/reports.ts";
import { designInForce } from "../../run/choice.ts";
import type { Run } from "../../run/run.ts";
import { showProfile } from "../tools/data-profile.ts";

const LONGEST_PICTURE = 1_500;

type Digest<N extends ReportName> = (report: Reports[N], run: Run) => unknown;

const DIGESTS: { readonly [N in ReportName]: Digest<N> } = {
	requirements: ({ analysis, questions, userAnswers, capsule, keyFiles }) => ({
		...without(analysis, "key_files", "open_questions"),
		questions: questions.map(({ number, question, safeReading }) => ({
			...{ number, question, "safe reading": safeReading },
		})),
		"answers of people": userAnswers,
		...(capsule ? { capsule: without(capsule, "slug", "keyFiles") } : {}),
		"key files": keyFiles.map(rangeOf),
	}),

	data: ({ profiles, architecture, explorations }) => ({
		profiles: profiles.map(showProfile),
		...architecture,
		unknowns: explorations.flatMap(({ exploration }) => exploration.unknowns),
	}),

	risks: ({ risks, summaries }) => ({ risks, summaries: summaries.map(brief) }),

	/** The design in force whole; of the others, what they promised. */
	architecture: (report, run) => {
		const taken = designInForce(run, report) ?? report.designs[0];
		return {
			design: taken,
			verdicts: report.factCheck.verdicts,
			"other designs": report.designs
				.filter((design) => design !== taken)
				.map(({ approach, name, expected_metric: expected }) => ({
					...{ approach, name, expected },
				})),
			reasons: report.reasons,
		};
	},

	pipeline: ({ pipeline }) => pipeline,

	evaluationPlan: (report) =>
		without(report, "forecast", "minimumDetectableEffect"),

	model: built,
	training: built,
	integration: built,

	review: ({ findings, fixed, summaries, fix }) => ({
		summaries: summaries.map(({ focus, summary }) => ({
			...{ focus, summary: brief(summary) },
		})),
		findings: findings.map(({ id, severity, path, startLine, title }) => ({
			...{ id, severity, title, at: `${path}:${startLine}` },
			fixed: fixed.includes(id),
		})),
		...(fix ? { fix: built(fix) } : {}),
	}),

	results: ({ result, failing, interpretation }) => ({
		...{ result, failing, interpretation },
	}),

	summary: ({ built, metrics }) => ({ built, metrics }),
};

export const digestForAgents = <N extends ReportName>(
	name: N,
	report: Reports[N],
	run: Run,
): unknown => DIGESTS[name](report, run);

/** The code itself stands in the tree by now. */
function built({
	change: { title, why, what },
	pull,
	tests,
	conformity,
}: Pick<Reports["model"], "change" | "pull" | "tests" | "conformity">) {
	const { items = [], review } = conformity ?? {};
	return {
		...{ title, why, what },
		files: pull.files.map(
			({ path, additions, deletions }) => `${path} +${additions} -${deletions}`,
		),
		tests: `${tests.status}: ${tests.passed} passed, ${tests.failed} failed`,
		"not shown": items.filter(({ met }) => !met).map(({ name }) => name),
		deviations: review?.deviations.map(({ what }) => what) ?? [],
	};
}

/** The overall picture of what stands beside it one by one. */
const brief = (text: string) =>
	text.length > LONGEST_PICTURE
		? `${text.slice(0, LONGEST_PICTURE)} (cut here)`
		: text;

const rangeOf = (file: {
	path: string;
	start_line: number;
	end_line: number;
}) => `${file.path}:${file.start_line}-${file.end_line}`;

function without<T extends object, K extends keyof T>(
	whole: T,
	...names: K[]
): Omit<T, K> {
	const rest = { ...whole };
	for (const name of names) delete rest[name];
	return rest;
}
