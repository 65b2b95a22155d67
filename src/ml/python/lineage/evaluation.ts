// Functions that fit or judge a model given to them.
import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import { type Datum, datum } from "./datum.ts";
import { newEstimator } from "./estimators.ts";
import { lastRows, stopsBy } from "./fitting.ts";
import {
	becomeRows,
	type Frame,
	freshId,
	materialOf,
	placeOf,
	scoreOf,
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
	const score = scoreOf(
		frame,
		{
			estimator: estimator ?? newEstimator(frame, "estimator", node),
			data: materialOf(becomeRows(frame, data)),
			kind: "folds",
			measured: true,
		},
		node,
	);
	frame.world.scores.push(score);

	return datum({ measures: [score] });
}

/** `xgb.train(params, rows)`. */
export function boost(frame: Frame, args: Arguments, node: PyNode): Datum {
	const data =
		args.positional[1] ??
		args.named.get("dtrain") ??
		args.named.get("train_set");
	const estimator = newEstimator(frame, "Booster", node);
	if (!data) return datum({ estimator });
	const { named, texts } = args;
	const watched = named.get("evals") ?? named.get("valid_sets");
	frame.world.fits.push({
		estimator,
		data: materialOf(becomeRows(frame, data)),
		place: placeOf(frame, node),
		order: freshId(frame),
		loops: [...frame.world.loops],
		watched: watched && materialOf(lastRows(watched)),
		watchedText: texts.get("evals") ?? texts.get("valid_sets"),
		stops: stopsBy(args),
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
		const { estimator, data, order, loops } = application;
		const place = placeOf(frame, node);
		frame.world.fits.push({ estimator, data, place, order, loops });
	}
}
