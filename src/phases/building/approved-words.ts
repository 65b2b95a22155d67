// Whether words stand in the approved design, as agents are shown it.
import { chosenDesign } from "../chosen-design.ts";
import type { About } from "../phase.ts";

/** Shorter ones stand everywhere and show nothing. */
const FEWEST_CHARACTERS = 6;

export function quotesDesign(about: About, quote: string): boolean {
	const wanted = plain(quote);
	if (wanted.length < FEWEST_CHARACTERS) return false;
	const { pipeline, evaluationPlan } = about.before;
	return textsIn([chosenDesign(about), pipeline, evaluationPlan]).some((text) =>
		plain(text).includes(wanted),
	);
}

const plain = (text: string) =>
	text
		.replace(/\s+/g, " ")
		.replace(/^["'\s]+|["'\s]+$/g, "")
		.toLowerCase();

function textsIn(value: unknown): string[] {
	if (typeof value === "string") return [value];
	if (typeof value !== "object" || value === null) return [];
	return Object.values(value).flatMap(textsIn);
}
