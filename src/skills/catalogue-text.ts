// The catalogue as every agent sees it: what there is, in a line each. It stands
// in the part of the prompt that all runs share, so it must stay short.
import { SKILLS } from "./catalog.ts";

/** The same for ever: nothing of a run, a role or a task. */
export function skillCatalogue(): string {
	return SKILLS.map(
		({ name, description }) => `- ${name}: ${firstSentence(description)}`,
	).join("\n");
}

const firstSentence = (text: string) => text.split(/(?<=\.) /)[0] ?? text;
