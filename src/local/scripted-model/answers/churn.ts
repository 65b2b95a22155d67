// Everything the scripted model says in the demo: one rule per conversation.
// It plays the agents' part and nothing else; no number or place of the outcome
// is written here, they come from tools, rules and the evaluator.
import type { Rule } from "../server/rules.ts";
import { comparing } from "./comparing.ts";
import { explorers } from "./data.ts";
import { designing } from "./design.ts";
import { implementing } from "./implementation.ts";
import { judging } from "./judging.ts";
import { problemAnalysis } from "./problem.ts";
import { reviewed } from "./reviewed.ts";
import { riskAssessors } from "./risks.ts";

export const churnAnswers: Rule[] = [
	problemAnalysis,
	...explorers,
	...riskAssessors,
	...designing,
	...implementing,
	...comparing,
	...judging,
	reviewed,
];
