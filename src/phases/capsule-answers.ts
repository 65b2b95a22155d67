// What a capsule settles before anybody is asked.
import type { Answered, Capsule, Topic } from "../reports/requirements.ts";

/** The topic a settled question speaks of: the first whose words it holds. */
const SPEAKS_OF: readonly (readonly [Topic, RegExp])[] = [
	["success metrics", /\b(metrics?|success|measured)\b/i],
	[
		"deployment target",
		/\b(deploy\w*|batch|real-?time|serv(?:e|ed|ing)|edge)\b/i,
	],
	[
		"constraints",
		/\b(constraints?|latency|memory|(?:interpret|explain)ab\w*)\b/i,
	],
	["data", /\b((?:which|what|training) data|data ?(?:sets?|sources?))\b/i],
	["problem", /\b(problem|classif\w*|regression|forecast\w*|rank\w*)\b/i],
];

/** Criteria of every build; they say nothing about how good a model has to be. */
const OF_THE_BUILD =
	/^(tests_pass|files_created|no_regressions|boundary_violations)\b/;

/** One answer for each topic the capsule speaks of. */
export function answersOf(capsule: Capsule): Answered[] {
	const said: readonly (readonly [Topic, string])[] = [
		["problem", capsule.goal],
		...capsule.constraints.map((it) => ["constraints", it] as const),
		...capsule.successCriteria
			.filter((it) => !OF_THE_BUILD.test(it))
			.map((it) => ["success metrics", it] as const),
		...capsule.decisions.flatMap(({ question, answer }) => {
			const topic = topicOf(question);
			return topic ? [[topic, `${question} ${answer}`] as const] : [];
		}),
	];
	const byTopic = Map.groupBy(said, ([topic]) => topic);
	return [...byTopic].map(([topic, parts]) => ({
		topic,
		answer: shortened(parts.map(([, words]) => words).join("; ")),
		source: "capsule",
	}));
}

function topicOf(question: string): Topic | undefined {
	return SPEAKS_OF.find(([, words]) => words.test(question))?.[0];
}

const LONGEST = 400;

/** For a table's cell; the whole stands in the report. */
function shortened(words: string): string {
	const line = words.replace(/\s+/g, " ").trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
