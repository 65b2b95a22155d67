// The one numbered list of all that is asked of people in phase 1.
import {
	type Answered,
	type AskedQuestion,
	type Capsule,
	type ProblemAnalysis,
	QUESTIONS,
	type Topic,
} from "../reports/requirements.ts";
import type { Run } from "../run/run.ts";
import { answersOf } from "./capsule-answers.ts";

/** Asked where neither the issue nor the repository nor a capsule says it. */
const TOPIC_QUESTIONS: Record<Topic, string> = {
	problem:
		"What kind of problem is it: classification, regression, forecasting, ranking or another?",
	data: "Which data is there, and where does it stand?",
	"success metrics":
		"Which metric decides about success, and which value is good enough?",
	"deployment target":
		"Where will the model run: in a batch, behind a service in real time, on a device?",
	constraints:
		"What must be kept to: latency, memory, training time, a model people can interpret?",
};

/** At most one answer a topic, in the order of the topics; a capsule's stands first. */
export function settleAnswers(
	answers: readonly Answered[],
	capsule: Capsule | undefined,
): Answered[] {
	const known = [...(capsule ? answersOf(capsule) : []), ...answers];
	return QUESTIONS.flatMap(
		(topic) => known.find((answer) => answer.topic === topic) ?? [],
	);
}

/**
 * What the explorer asks, then each topic that is open or only assumed. A
 * question that was asked before keeps its number, and a new one takes a fresh
 * one: an answer must never meet another question than it was given to.
 */
export function listQuestions(
	{ open_questions }: Pick<ProblemAnalysis, "open_questions">,
	answers: readonly Answered[],
	capsule: Capsule | undefined,
	before: Pick<Run, "questions" | "notes">,
): AskedQuestion[] {
	const settled = (capsule?.decisions ?? []).map((it) =>
		sameWords(it.question),
	);
	const asked = [
		...open_questions
			.filter(({ question }) => !settled.includes(sameWords(question)))
			.map(({ question, blocking, safe_reading }) => ({
				...{ question, blocking },
				safeReading: safe_reading,
			})),
		...QUESTIONS.flatMap((topic) => aboutTopic(topic, answers)),
	];
	const old = new Map(before.questions.map((q) => [q.question, q.number]));
	const answered = before.notes.map(({ question = 0 }) => question);
	let last = Math.max(0, ...old.values(), ...answered);
	return asked.map((question) => {
		const known = old.get(question.question);
		// Asked twice in one list, it is two questions.
		old.delete(question.question);
		return { number: known ?? ++last, ...question };
	});
}

function aboutTopic(topic: Topic, answers: readonly Answered[]) {
	const known = answers.find((answer) => answer.topic === topic);
	if (known && known.source !== "assumed") return [];
	return [
		{
			question: TOPIC_QUESTIONS[topic],
			blocking: false,
			safeReading: known?.answer ?? "only what the issue says",
			topic,
		},
	];
}

const sameWords = (text: string) =>
	text.toLowerCase().replace(/\W+/g, " ").trim();
