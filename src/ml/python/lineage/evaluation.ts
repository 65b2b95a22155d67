// Functions that fit or judge a model given to them.
import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import { type Datum, datum } from "./datum.ts";
import { newEstimator } from "./estimators.ts";
import {
	becomeRows,
	type Frame,
	freshId,
	materialOf,
	placeOf,
} from "./scope.ts";

export function crossValidate(
	frame: Frame,
	args: Arguments,
	node: PyNode,
): Datum {
	const { positional, named } = args;
	const estimator = (positional[0] ?? named.get("estimator"))?.estimator;
	const data = positional[1] ?? named.get("X");
	if (!data) return datum();
	frame.world.scores.push({
		estimator: estimator ?? newEstimator(frame, "estimator", node),
		data: materialOf(becomeRows(frame, data)),
		kind: "folds",
		place: placeOf(frame, node),
		order: freshId(frame),
	});
	return datum();
}

/** `xgb.train(params, rows)`. */
export function boost(frame: Frame, args: Arguments, node: PyNode): Datum {
	const data =
		args.positional[1] ??
		args.named.get("dtrain") ??
		args.named.get("train_set");
	const estimator = newEstimator(frame, "Booster", node);
	if (!data) return datum({ estimator });
	frame.world.fits.push({
		estimator,
		data: materialOf(becomeRows(frame, data)),
		place: placeOf(frame, node),
		order: freshId(frame),
	});
	return datum({ estimator });
}

/** The network uses that led to this loss were training. */
export function backward(
	frame: Frame,
	losses: readonly Datum[],
	node: PyNode,
): void {
	for (const application of losses.flatMap(({ applied }) => applied ?? [])) {
		if (application.trained) continue;
		application.trained = true;
		const { estimator, data, order } = application;
		const place = placeOf(frame, node);
		frame.world.fits.push({ estimator, data, place, order });
	}
}
