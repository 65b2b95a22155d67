import { showData } from "../agents/prompt/show-data.ts";
import { fenceUntrusted } from "../agents/prompt/untrusted.ts";
import type { Capsule, RequirementsReport } from "../reports/requirements.ts";
import { answerCommandFor, openQuestions } from "../run/answer-questions.ts";
import { capsuleSlug } from "../run/capsule.ts";
import { asks } from "../run/config.ts";
import type { Run } from "../run/run.ts";
import { requirementsView } from "../views/phases/requirements.ts";
import { definePhase } from "./phase.ts";
import { listQuestions, settleAnswers } from "./questions.ts";

export const problemAnalysis = definePhase({
	number: 1,
	goal: "Understand the problem, the success metrics and the constraints",
	report: "requirements",

	async perform({ agents, code, run }) {
		const slug = capsuleSlug(run.issue);
		const capsule = slug === undefined ? undefined : await code.capsule(slug);
		const analysis = await agents.one({
			role: "ml-explorer",
			name: "problem-analysis",
			phase: 1,
			submit: "problem_analysis",
			brief: `Read the task and find out what this repository already has for it: models, training code, evaluation, data, conventions, tests.
Then state the requirements. Take each of the five answers (problem, data, success metrics, deployment target, constraints) from the issue where it says so, else from the repository, else assume the safest reading and mark it as assumed.
Raise a question only if its answer would change the design, and say which reading is safe without it. A question blocks only if no reading is safe. What people answered already, in notes, is not asked again.${capsule ? quoted(capsule) : ""}`,
		});
		const answers = settleAnswers(analysis.answers, capsule);
		return {
			analysis: { ...analysis, answers },
			questions: listQuestions(analysis, answers, capsule, run),
			...(capsule ? { capsule } : {}),
			userAnswers: answersGiven(run),
			keyFiles: analysis.key_files,
		};
	},

	register: ({ questions }) => ({
		questions: questions.map(({ topic: _, ...question }) => question),
	}),

	gate({ questions }, { run }) {
		const [first, ...others] = openQuestions({
			questions,
			notes: run.notes,
		}).filter(({ blocking }) => blocking);
		if (first && others.length === 0)
			return {
				name: "requirements",
				command: answerCommandFor(first),
				question: first.question,
			};
		if (first)
			return {
				name: "requirements",
				command: "/approve",
				question: `Questions ${[first, ...others].map(({ number }) => number).join(", ")} need an answer each. Shall I go on without them, with the nearest readings?`,
			};
		if (!asks(run.config, "requirements")) return undefined;
		return {
			name: "requirements",
			command: "/approve",
			question: "Are these requirements right?",
		};
	},

	/** Shows the requirements again, with the answers and who gave them. */
	async resolve({ run }, report): Promise<RequirementsReport> {
		return { ...report, userAnswers: answersGiven(run) };
	},

	view: requirementsView,
});

function answersGiven({ notes }: Run): RequirementsReport["userAnswers"] {
	return notes
		.filter(({ phase, question }) => phase === 1 || question !== undefined)
		.map(({ by, text, question }) => ({
			...{ by, text },
			...(question ? { question } : {}),
		}));
}

const quoted = (capsule: Capsule) => `

A capsule prepared this task. It settles what it answers: do not ask about that again, and take its key files for a start. Its open questions are yours to answer from the repository, or to raise.

${fenceUntrusted("file", `path="${capsule.path}"`, showData(capsule))}`;
