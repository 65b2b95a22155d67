// The rules a skill may point to, whether they are already looked for or not.
const FAMILIES: Readonly<Record<string, number>> = {
	LEAK: 11,
	TIME: 7,
	GRP: 1,
	REP: 5,
	PT: 10,
	SEC: 1,
	EVAL: 4,
	PD: 1,
	NB: 2,
};

const IDS = new Set(
	Object.entries(FAMILIES).flatMap(([family, last]) =>
		Array.from(
			{ length: last },
			(_, i) => `${family}${String(i + 1).padStart(2, "0")}`,
		),
	),
);

/** Every word that looks like a rule; HC0 to HC4 are estimators of a covariance. */
export const ruleIdsIn = (text: string): string[] =>
	text.match(/\b(?!HC)[A-Z]{2,4}\d\d\b/g) ?? [];

export const isRuleId = (id: string): boolean => IDS.has(id);
