// The rules in a process of their own: following the data through a stranger's
// repository takes long, and its syntax trees some forty times its text.
import { askApart } from "../../apart/ask-apart.ts";
import type { Inspection } from "../inspect.ts";
import type { RuleContext } from "../rule.ts";

export interface Question {
	readonly files: ReadonlyMap<string, string>;
	readonly context: RuleContext;
}

export interface Checked extends Inspection {
	/** A sentence, when the rules could not look to the end: then there are no hits. */
	readonly unfinished?: string;
}

const PLACE = {
	program: new URL("./checking-process.ts", import.meta.url),
	megabytes: 700,
};
const MILLISECONDS = 60_000;

let line: Promise<unknown> = Promise.resolve();

/** One after the other, in order of asking, for the memory's sake. Must not throw. */
export function checkApart(
	question: Question,
	milliseconds = MILLISECONDS,
): Promise<Checked> {
	const checked = line.then(() => check(question, milliseconds));
	line = checked;
	return checked;
}

async function check(
	question: Question,
	milliseconds: number,
): Promise<Checked> {
	const outcome = await askApart<Inspection>(PLACE, question, { milliseconds });
	if ("answer" in outcome) return outcome.answer;
	return {
		...{ hits: [], suppressed: [], skipped: [] },
		unfinished: `The rules could not look at this code: ${outcome.fault}.`,
	};
}
