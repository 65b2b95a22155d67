// Which phase of Discovery and Design a remark touches: the one it names, else
// the earliest whose subject it speaks of. Later phases follow from it.
import { phaseName } from "../reports/workflow.ts";
import { refuse } from "./refusal.ts";
import type { Run } from "./run.ts";

/** The words by which a remark shows its subject. Phases 1 and 2 are redone only by number. */
const SUBJECTS: readonly (readonly [phase: number, words: RegExp])[] = [
	[3, /\b(risks?|leak(?:s|age)?|bias(?:ed)?|fairness)\b/i],
	[
		4,
		/\b(models?|architectures?|approach(?:es)?|features?|encod(?:e|ed|ing)s?|loss(?:es)?|interpretab(?:le|ility)|latency|inference)\b/i,
	],
	[
		5,
		/\b(pipelines?|tracking|mlflow|wandb|w&b|checkpoint(?:s|ing)?|batch(?:es|ing)?|epochs?|hyper-?parameters?|learning rate|loaders?|loading|distributed|gpus?|orchestrat(?:e|ion)|schedul(?:e|er|ing))\b/i,
	],
	[
		6,
		/\b(metrics?|evaluat(?:e|ed|ion)|baselines?|thresholds?|held[- ]out|hold-?outs?|splits?|folds?|seeds?|significan(?:t|ce)|alpha|bootstrap|slices?|monitoring|a\/b|precision|recall|pr-?auc|roc-?auc|f1|accuracy|rmse|mae|delta)\b/i,
	],
];

/** The gate of a phase that is not the last of the design leads back to that phase. */
const BY_DEFAULT = 4;

export interface Touched {
	readonly phase: number;
	/** Half a sentence for people. */
	readonly why: string;
}

/** Refuses a phase the run has not reached. */
export function touchedPhase(run: Run, text: string): Touched {
	const reached = Math.min(run.phase, 6);
	const named = /^(?:phase\s+)?(\d{1,2})\b/i.exec(text)?.[1];
	if (named) return byNumber(Number(named), reached);
	if (reached < BY_DEFAULT)
		return { phase: reached, why: "it is the phase the run stands at" };
	for (const [phase, words] of SUBJECTS) {
		const word = words.exec(text)?.[0];
		if (word && phase <= reached)
			return {
				phase,
				why: `your remark speaks of **${word.toLowerCase()}**, the subject of ${phaseName(phase)}`,
			};
	}
	return {
		phase: BY_DEFAULT,
		why: `your remark names no other phase, so the design begins anew with ${phaseName(BY_DEFAULT)}`,
	};
}

function byNumber(phase: number, reached: number): Touched {
	if (phase >= 1 && phase <= reached) return { phase, why: "as you named it" };
	return refuse(
		`Name a phase from 1 to ${reached}, or none: \`/revise <what to change>\`.`,
	);
}
