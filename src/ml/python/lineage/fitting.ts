// What fitting does: to a model, and to a transformer.
import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import { type Datum, datum, estimatorsIn } from "./datum.ts";
import type { MethodCall } from "./methods.ts";
import { seesLabel } from "./names.ts";
import type { Estimator, Material } from "./record.ts";
import { choose } from "./rows.ts";
import {
	becomeRows,
	type Frame,
	freshId,
	materialOf,
	placeOf,
	scoreOf,
} from "./scope.ts";
import { looked } from "./taints.ts";

const INPUTS = [
	"X",
	"x",
	"data",
	"texts",
	"generator",
	"raw_documents",
	"train_data",
	"X_train",
];

export function inputOf(frame: Frame, { args, owner }: MethodCall): Datum {
	const { positional, named } = args;
	const input =
		positional[0] ?? INPUTS.map((key) => named.get(key)).find(Boolean);
	if (!input) return datum(owner.estimator?.given);
	// `model.predict([x, z])`: several inputs, the same rows.
	if (input.items && !input.rows.length) becomeRows(frame, input);
	return becomeRows(frame, input);
}

export function fitModel(
	frame: Frame,
	estimator: Estimator,
	{ args, node }: MethodCall,
	input: Datum,
): void {
	if (estimator.role !== "model") {
		learn(frame, estimator, input, args, node);
		return;
	}
	if (!input.rows.length) return;
	const place = placeOf(frame, node);
	const watched =
		args.named.get("validation_data") ?? args.named.get("eval_set");
	const order = freshId(frame);
	const held = args.named.has("validation_split") && {
		id: `held back${order}`,
		part: "fitted",
	};
	const data = materialOf(input);
	const target = args.positional[1] ?? args.named.get("y");
	// `fit(table, table["label"])`: the whole table, whatever it holds.
	if (target?.base === input && !data.lacks) data.lacks = [];
	const fitted = held ? { ...data, rows: choose(data.rows, [held]) } : data;
	const seen = watched && materialOf(lastRows(watched));
	frame.world.fits.push({
		estimator,
		data: fitted,
		place,
		order,
		label: target?.columns?.length === 1 ? target.columns[0] : undefined,
		loops: [...frame.world.loops],
		watched: seen,
		watchedText:
			args.texts.get("validation_data") ?? args.texts.get("eval_set"),
		stops: stopsBy(args) || estimator.settings.has("early_stopping_rounds"),
	});
	const shown = held
		? { ...data, rows: choose(data.rows, [{ ...held, part: "watched" }]) }
		: seen;
	if (shown?.rows.length)
		frame.world.scores.push(
			scoreOf(
				frame,
				{ estimator, data: shown, kind: "validation", measured: true },
				node,
			),
		);
}

/** `[(X_train, y_train), (X_val, y_val)]`: the last is watched, and of it the features. */
export function lastRows(given: Datum): Datum {
	const { items } = given;
	if (!items?.length) return given;
	const last = items.at(-1) ?? datum();
	return last.items?.length ? (last.items[0] ?? last) : (items[0] ?? last);
}

const STOPS = /EarlyStopping|early_stopping|ModelCheckpoint|ReduceLROnPlateau/;

export function stopsBy({ named, texts }: Arguments): boolean {
	const callbacks = named.get("callbacks");
	const known = callbacks ? estimatorsIn(callbacks) : [];
	return (
		texts.has("early_stopping_rounds") ||
		STOPS.test(texts.get("callbacks") ?? "") ||
		known.some(({ name }) => STOPS.test(name))
	);
}

export function learn(
	frame: Frame,
	estimator: Estimator,
	input: Datum,
	args: Arguments,
	node: PyNode,
): void {
	if (!input.rows.length) return;
	const label = args.positional[1] ?? args.named.get("y");
	const data: Material = materialOf(input);
	const place = placeOf(frame, node);
	frame.world.learnings.push({
		estimator,
		data,
		place,
		order: freshId(frame),
		loops: [],
	});
	const supervised =
		label !== undefined &&
		[estimator, ...estimator.inner].some(({ name }) => seesLabel(name));
	const taint = looked(frame, input, node, estimator.name, "fit", supervised);
	estimator.learned = estimator.learns ? [taint] : [];
}
