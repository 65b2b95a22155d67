// The rules, one a row. What they may post is in standing.ts.
import { LEAK02 } from "./leak02.ts";
import type { Rule } from "./rule.ts";

export const RULES: readonly Rule[] = [
	LEAK02, // critical · target mean encoding on the whole table before the split
];
