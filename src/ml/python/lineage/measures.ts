// Numbers that say how good a model is, and choices made by them.
import type { PyNode } from "../node.ts";
import { type Datum, datum } from "./datum.ts";
import type { Score } from "./record.ts";
import { type Frame, placeOf } from "./scope.ts";

/** A number was made of predictions, or of such numbers. */
export function measureOf(
	all: readonly Datum[],
	name: string,
): Datum | undefined {
	const asked = all.flatMap(({ applied }) => applied ?? []);
	const known = all.flatMap(({ measures }) => measures ?? []);
	const scores = [...new Set([...asked, ...known])];
	if (!scores.length) return undefined;
	for (const score of asked) score.measured = true;
	if (/mean|std|average|median|^describe$/.test(name))
		for (const score of known) score.averaged = true;
	return datum({ measures: scores });
}

const PREFERS =
	/^(max|min|argmax|argmin|nanargmax|nanargmin|idxmax|idxmin|sorted|nlargest|nsmallest|sort|sort_values)$/;

/** `max(scores)`, `results.sort_values("accuracy")`. */
export function notePreference(
	frame: Frame,
	all: readonly Datum[],
	name: string,
	node: PyNode,
): void {
	if (!PREFERS.test(name)) return;
	const scores = all.flatMap(({ measures }) => measures ?? []);
	// Of each row the most likely class: no choice among models.
	if (/axis/.test(node.text)) return;
	const several = new Set(scores).size > 1 || scores[0]?.loops.length;
	if (several) note(frame, scores, node);
}

const BEST = /best|max|min|prev|top|high|low/i;
const MEASURE = /loss|acc|score|auc|f1|metric|err|rmse|mae|mse|r2|perf/i;

/** `if accuracy > best`. */
export function noteComparison(
	frame: Frame,
	node: PyNode,
	sides: readonly Datum[],
): void {
	if (node.children.length !== 2) return;
	for (const [i, side] of sides.entries()) {
		const [own, other] = [node.children[i], node.children[1 - i]];
		if (!own || !other || !BEST.test(other.text)) continue;
		const scores =
			side.measures ?? (MEASURE.test(own.text) ? side.applied : undefined);
		if (scores?.length && !BEST.test(own.text)) note(frame, scores, node);
	}
}

function note(frame: Frame, scores: readonly Score[], node: PyNode): void {
	for (const score of scores) score.measured = true;
	const place = placeOf(frame, node);
	frame.world.selections.push({ scores: [...new Set(scores)], place });
}
