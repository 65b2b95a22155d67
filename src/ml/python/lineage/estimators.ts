// Models and transformers: made, fitted, and asked.
import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import {
	addTaints,
	combine,
	contentOf,
	type Datum,
	datum,
	estimatorsIn,
} from "./datum.ts";
import { fitModel, inputOf, learn } from "./fitting.ts";
import { invoke } from "./invoke.ts";
import type { MethodCall } from "./methods.ts";
import {
	clusters,
	FITS,
	isComposite,
	learns,
	namesTransformer,
	PREDICTS,
	repeatsRows,
	roleOf,
	SCORES,
} from "./names.ts";
import type { Estimator, EstimatorRole, Taint } from "./record.ts";
import { type Frame, materialOf, placeOf, scoreOf } from "./scope.ts";
import { splitterParts } from "./splits.ts";
import { looked } from "./taints.ts";

export function newEstimator(
	frame: Frame,
	name: string,
	node: PyNode,
	known: Partial<Estimator> = {},
): Estimator {
	return {
		name,
		role: roleOf(name) ?? "model",
		place: placeOf(frame, node),
		learned: [],
		learns: learns(name),
		inner: [],
		settings: new Map(),
		...known,
	};
}

/** `StandardScaler()`, `Pipeline([…])`, `GridSearchCV(model, grid)`. */
export function construct(
	frame: Frame,
	name: string,
	args: Arguments,
	node: PyNode,
): Datum {
	const inner = args.all.flatMap((one) => estimatorsIn(one));
	const rows = args.all.find((one) => one.rows.length);
	const settings = args.texts;
	const given = rows && materialOf(rows);
	const known: Partial<Estimator> = { inner, settings, given };
	if (!isComposite(name))
		return datum({ estimator: newEstimator(frame, name, node, known) });
	const last = inner.at(-1);
	const isModel = /ipeline/.test(name) && last?.role === "model";
	const role: EstimatorRole = isModel ? "model" : "transformer";
	const learning = !inner.length || inner.some((one) => one.learns);
	return datum({
		estimator: newEstimator(frame, name, node, {
			...known,
			role,
			learns: learning,
		}),
	});
}

const TRANSFORMS =
	/^(transform|texts_to_\w+|sequences_to_\w+|fit_transform|fit_predict|fit_resample|fit_sample|fit_on_texts|fit_on_sequences|inverse_transform)$/;

/** What a method of a model or transformer gives; undefined when it is none. */
export function estimatorMethod(
	frame: Frame,
	called: MethodCall,
): Datum | undefined {
	const { owner, name } = called;
	if (name === "split" && owner.estimator?.role === "splitter")
		return splitterParts(frame, owner.estimator.name, called);
	if (!FITS.test(name) && !TRANSFORMS.test(name) && !asks(name))
		return undefined;
	const estimator = owner.estimator ?? guess(frame, called);
	if (!estimator) return undefined;
	const input = inputOf(frame, called);
	if (TRANSFORMS.test(name))
		return transformMethod(frame, estimator, called, input);
	if (FITS.test(name)) {
		fitModel(frame, estimator, called, input);
		return owner;
	}
	if (estimator.role === "transformer" && clusters(estimator.name))
		return marked(input, estimator.learned);
	return ask(frame, estimator, called, input);
}

const asks = (name: string) => PREDICTS.test(name) || SCORES.test(name);

/** An object of an unknown class that is fitted or asked is a model, or what its name says. */
function guess(
	frame: Frame,
	{ owner, object, name, args, node }: MethodCall,
): Estimator | undefined {
	if (owner.rows.length || owner.callee || owner.module) return undefined;
	if (owner.attrs?.get("transform")?.callee) return undefined;
	if (owner.text !== undefined || !args.all.length) return undefined;
	const transforms = TRANSFORMS.test(name) || namesTransformer(object.text);
	// `texts.transform(…)` of something unknown is as likely a table.
	if (name === "transform" && !args.positional[0]?.rows.length)
		return undefined;
	const role: EstimatorRole = /resample|fit_sample/.test(name)
		? "resampler"
		: transforms
			? "transformer"
			: "model";
	const simple = object.text.replace(/\(.*$/s, "");
	owner.estimator = newEstimator(frame, simple, node, { role });
	return owner.estimator;
}

/** The same rows with something more in them. */
export function marked(input: Datum, taints: readonly Taint[]): Datum {
	const content = contentOf(input);
	return { ...content, taints: addTaints(content.taints, taints) };
}

function transformMethod(
	frame: Frame,
	estimator: Estimator,
	called: MethodCall,
	input: Datum,
): Datum {
	const { name, args, node } = called;
	if (/^fit_(resample|sample)$/.test(name))
		return resample(frame, estimator, called, input);
	if (/^fit_/.test(name)) learn(frame, estimator, input, args, node);
	if (/^fit_on_/.test(name)) return datum();
	return marked(input, estimator.learned);
}

function resample(
	frame: Frame,
	estimator: Estimator,
	{ args, node }: MethodCall,
	input: Datum,
): Datum {
	const label = args.positional[1] ?? args.named.get("y") ?? datum();
	const repeats = repeatsRows(estimator.name);
	const taint = (source: Datum) =>
		looked(frame, source, node, estimator.name, "resample");
	const items = [input, label].map((one) =>
		repeats && one.rows.length ? marked(one, [taint(one)]) : contentOf(one),
	);
	return { ...combine(items), items };
}

function ask(
	frame: Frame,
	estimator: Estimator,
	{ name, node }: MethodCall,
	input: Datum,
): Datum {
	if (!input.rows.length) return datum();
	const measured = SCORES.test(name);
	const kind = measured ? "score" : "predict";
	const data = materialOf(input);
	const score = scoreOf(frame, { estimator, data, kind, measured }, node);
	frame.world.scores.push(score);
	// A prediction is about the rows, and made of what the model knows.
	return measured
		? datum({ measures: [score] })
		: datum({ rows: input.rows, applied: [score] });
}

/** `fit_transform` of the repository's own transformer, where only the halves are written. */
export function ownTransformer(
	frame: Frame,
	{ owner, name, args }: MethodCall,
): Datum | undefined {
	const [fits, transforms] = ["fit", "transform"].map(
		(half) => owner.attrs?.get(half)?.callee,
	);
	if (name !== "fit_transform" || !fits || !transforms) return undefined;
	invoke(frame, fits, args);
	return invoke(frame, transforms, args);
}
