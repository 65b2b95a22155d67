import { asks } from "../run/config.ts";
import { requirementsView } from "../views/phases/requirements.ts";
import { definePhase } from "./phase.ts";

export const problemAnalysis = definePhase({
	number: 1,
	goal: "Understand the problem, the success metrics and the constraints",
	report: "requirements",

	async perform({ agents, run }) {
		const analysis = await agents.one({
			role: "ml-explorer",
			name: "problem-analysis",
			phase: 1,
			submit: "problem_analysis",
			reads: [],
			brief: `Read the task and find out what this repository already has for it: models, training code, evaluation, data, conventions, tests.
Then state the requirements. Take each of the five answers (problem, data, success metrics, deployment target, constraints) from the issue where it says so, else from the repository, else assume the safest reading and mark it as assumed.
Raise a question only if its answer would change the design, and say which reading is safe without it. A question blocks only if no reading is safe.`,
		});
		return {
			analysis,
			userAnswers: run.notes.map(({ by, text, question }) => ({
				by,
				text,
				...(question ? { question } : {}),
			})),
			keyFiles: analysis.key_files,
		};
	},

	gate({ analysis }, { run }) {
		const answered = run.notes.length > 0;
		const blocking = analysis.open_questions.findIndex((q) => q.blocking);
		const question = analysis.open_questions[blocking];
		if (question && !answered)
			return {
				name: "requirements",
				command: `/answer ${blocking + 1} ${question.safe_reading.replaceAll("`", "'")}`,
				question: question.question,
			};
		if (!asks(run.config, "requirements")) return undefined;
		return {
			name: "requirements",
			command: "/approve",
			question: "Are these requirements right?",
		};
	},

	view: requirementsView,
});
