// What was approved is what judges: other labels, or another script, are not.
import type { Pins } from "../../reports/evaluation-plan.ts";
import { sha256 } from "../../run/digest.ts";

/** What a contract rests on besides the repository's table. */
export interface Given {
	readonly labels?: Uint8Array | undefined;
	readonly script?: Uint8Array | undefined;
}

export const pinsOf = ({ labels, script }: Given): Pins => ({
	...(labels ? { labels: sha256(labels) } : {}),
	...(script ? { script: sha256(script) } : {}),
});

/** A sentence where what is there is not what was approved. */
export function movedPin(
	what: keyof Pins,
	pins: Pins | undefined,
	bytes: Uint8Array | undefined,
): string | undefined {
	const wanted = pins?.[what];
	if (wanted === undefined || (bytes && sha256(bytes) === wanted))
		return undefined;
	const name = { labels: "operator's labels", script: "evaluation script" }[
		what
	];
	return `the ${name} ${bytes ? "changed since they were" : "that were"} approved${bytes ? "" : " are gone"}; sha256 ${wanted.slice(0, 8)} was expected. Put them back, or ask for a new approval with /revise 6`;
}
