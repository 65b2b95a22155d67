// Everything the scripted model says in the demo: one rule per conversation.
// It plays the agents' part and nothing else; no number or place of the outcome
// is written here, they come from tools, rules and the evaluator.
import type { Rule } from "../server/rules.ts";
import { designing } from "./design.ts";
import { discovery } from "./discovery.ts";
import { implementing } from "./implementation.ts";
import { judging } from "./judging.ts";

export const churnAnswers: Rule[] = [
	...discovery,
	...designing,
	...implementing,
	...judging,
];
