// The rules, one a row. A rule may post from confidence 80 on.
import { LEAK02 } from "./leak02.ts";
import type { Rule } from "./rule.ts";

export const RULES: readonly Rule[] = [
	LEAK02, // critical · target mean encoding on the whole table before the split
];
