// Phase 1 as the scripted explorer plays it on the sample.
import { call } from "../server/reply.ts";
import { script } from "../server/script.ts";
import { columnsIn, hitsIn, keyFile, placeOf } from "./clues.ts";
import { lookAround } from "./looking.ts";

export const problemAnalysis = script(
	"phase 1: problem analysis",
	{ assignment: "problem-analysis" },
	[
		() => [...lookAround, call("view", { path: "README.md" })],
		({ calls }) => {
			const hits = hitsIn(calls);
			const { label, group, late } = columnsIn(calls);
			return [
				call("submit_problem_analysis", {
					problem_type: "binary classification",
					summary: `Rank customers by the probability that \`${label}\` turns true within the next month, scored in a weekly batch so that the retention team calls the right eighty. A missed customer costs about ten times a needless call, so the top of the ranking matters, not the average customer.`,
					answers: [
						{
							topic: "problem",
							answer: "Binary classification, used as a ranking",
							source: "issue",
						},
						{
							topic: "data",
							answer: `data/customers.csv, one row per customer and month; ${group} repeats`,
							source: "issue",
						},
						{
							topic: "success metrics",
							answer:
								"PR-AUC on unseen customers; recall 0.60 at precision 0.30 wished for",
							source: "issue",
						},
						{
							topic: "deployment target",
							answer: "Weekly batch that writes a CSV",
							source: "issue",
						},
						{
							topic: "constraints",
							answer:
								"Python standard library only; a few minutes on a small machine",
							source: "issue",
						},
					],
					open_questions: [
						{
							question: `Is ${late} known on the day customers are scored?`,
							blocking: false,
							safe_reading: "no: the model does without it",
						},
					],
					current_state:
						"A logistic baseline on three columns, a loader with typed rows, a split by customer and hand-written metrics, all covered by unittest. There is no experiment tracking and no model file; the baseline is trained and judged in one script.",
					key_files: [
						keyFile(placeOf(hits, /baseline\.py$/), "The model to beat", 40),
						keyFile(
							placeOf(hits, /loader\.py$/),
							"How rows are read and typed",
						),
						keyFile(
							placeOf(hits, /split\.py$/),
							"Customers never stand on both sides",
							12,
						),
						keyFile(
							placeOf(hits, /metrics\.py$/),
							"PR-AUC as the team counts it",
						),
						keyFile(
							placeOf(hits, /evaluate\.py$/),
							"Where the baseline is judged",
						),
					],
				}),
			];
		},
	],
);
