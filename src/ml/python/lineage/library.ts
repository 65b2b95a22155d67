// Functions and classes from outside of the repository, by the last part of their name.
import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import {
	combine,
	contentOf,
	type Datum,
	datum,
	elementOf,
	stackData,
} from "./datum.ts";
import { construct, marked, newEstimator } from "./estimators.ts";
import { boost, crossValidate } from "./evaluation.ts";
import { enumerate, mapped, range, shuffled, zip } from "./iterables.ts";
import { measureOf, notePreference } from "./measures.ts";
import {
	aggregates,
	isComposite,
	LOADS,
	METRIC,
	mixes,
	roleOf,
	scales,
} from "./names.ts";
import { noteCall, noteTime } from "./operations.ts";
import type { TaintKind } from "./record.ts";
import { choose, NO_ROWS, newRows } from "./rows.ts";
import { becomeRows, type Frame, freshId, scoreOf } from "./scope.ts";
import { splitInto, splitterRounds, trainTestSplit } from "./splits.ts";
import { looked, statisticOf } from "./taints.ts";

type Known = (
	frame: Frame,
	args: Arguments,
	node: PyNode,
	name: string,
) => Datum;

const nothing: Known = () => datum();
const first: Known = (_, { positional: [only] }) => only ?? datum();
const content: Known = (_, { positional: [only] }) =>
	only ? contentOf(only) : datum();

const FUNCTIONS: Readonly<Record<string, Known>> = {
	print: nothing,
	display: nothing,
	isinstance: nothing,
	list: first,
	tuple: first,
	sorted: first,
	reversed: first,
	iter: first,
	deepcopy: (_, { positional: [only] }) => (only ? { ...only } : datum()),
	copy: (_, { positional: [only] }) => (only ? { ...only } : datum()),
	clone: (frame, { positional: [only] }, node) => fresh(frame, only, node),
	clone_model: (frame, { positional: [only] }, node) =>
		fresh(frame, only, node),
	set: content,
	to_categorical: content,
	pad_sequences: content,
	one_hot: content,
	array: content,
	asarray: content,
	next: (_, { positional: [only] }) => (only ? elementOf(only) : datum()),
	len: (_, { positional: [only] }) => datum({ counts: only?.rows }),
	zip: (_, { positional }) => zip(positional),
	enumerate: (_, { positional: [only] }) => enumerate(only ?? datum()),
	map: (frame, args, node) => mapped(frame, args, node),
	filter: (_, { positional }) => positional[1] ?? datum(),
	range: (frame, _, node) => range(frame, node),
	xrange: (frame, _, node) => range(frame, node),
	arange: (frame, _, node) => range(frame, node),
	permutation: shuffled,
	choice: shuffled,
	dict: (_, args) => ({ ...combine(args.all), attrs: new Map(args.named) }),
	train_test_split: (frame, args, node, name) =>
		trainTestSplit(frame, name, args, node),
	iterative_train_test_split: (frame, args, node, name) =>
		trainTestSplit(frame, name, args, node),
	split: (frame, args, node, name) => arraySplit(frame, args, node, name),
	array_split: (frame, args, node, name) => arraySplit(frame, args, node, name),
	random_split: (frame, args, node, name) =>
		arraySplit(frame, args, node, name, 0),
	concat: (_, args) => concat(args),
	concatenate: (_, args) => concat(args),
	vstack: (_, args) => concat(args),
	ConcatDataset: (_, args) => concat(args),
	append: (_, args) => concat(args),
	merge: (_, { positional, all }) => joined(positional[0], all),
	cut: (frame, args, node, name) => cut(frame, args, node, name),
	cross_val_score: (frame, args, node) => crossValidate(frame, args, node),
	cross_validate: (frame, args, node) => crossValidate(frame, args, node),
	cross_val_predict: (frame, args, node) => crossValidate(frame, args, node),
	learning_curve: nothing,
	validation_curve: nothing,
	to_datetime: (frame, args, node) => toDate(frame, args, node),
	Subset: (_, { positional: [whole, index] }) =>
		whole && index?.index
			? { ...contentOf(whole), rows: choose(whole.rows, index.index) }
			: (whole ?? datum()),
	filtfilt: (frame, args, node, name) =>
		tainted(frame, args, node, name, "centred"),
	savgol_filter: (frame, args, node, name) =>
		tainted(frame, args, node, name, "centred"),
	gaussian_filter1d: (frame, args, node, name) =>
		tainted(frame, args, node, name, "centred"),
	seasonal_decompose: (frame, args, node, name) =>
		args.texts.get("two_sided") === "False"
			? (args.positional[0] ?? datum())
			: tainted(frame, args, node, name, "centred"),
	merge_asof: (frame, args, node) => {
		noteCall(frame, "merge_asof", args, node);
		return joined(args.positional[0], args.all);
	},
	roll: (frame, args, node, name) =>
		(args.positional[1]?.number ?? 0) < 0
			? tainted(frame, args, node, name, "ahead")
			: (args.positional[0] ?? datum()),
};

export function callLibrary(
	frame: Frame,
	name: string,
	args: Arguments,
	node: PyNode,
	target: Datum,
): Datum {
	notePreference(frame, args.all, name, node);
	const metric =
		METRIC.test(name) && measureOf(args.all.map(withoutMeasures), name);
	if (metric) return metric;
	const averaged =
		aggregates(name) && !args.all.some(({ rows }) => rows.length);
	if (averaged) {
		const measure = measureOf(args.all, name);
		if (measure) return measure;
	}
	const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
	if (known) return known(frame, args, node, name);
	if (scales(name)) return tainted(frame, args, node, name, "fit");
	const booster = /(xgb|xgboost|lgb|lightgbm|catboost)/.test(
		target.external ?? "",
	);
	if (booster && name === "train") return boost(frame, args, node);
	if (booster && name === "cv") return datum();
	const [whole] = args.positional;
	if (aggregates(name) && whole?.rows.length)
		return aggregated(frame, whole, args, node, name);
	const mixed = mixes(name);
	if (mixed && whole?.rows.length)
		return tainted(frame, args, node, name, mixed);
	const role = isComposite(name) ? "transformer" : roleOf(name);
	if (role === "splitter") return splitter(frame, name, args, node);
	if (role && (target.external || /^[A-Z]/.test(name)))
		return construct(frame, name, args, node);
	if (!target.external && JUDGES.test(name)) return judged(frame, name, node);
	if (LOADS.test(name)) return loaded(frame, name, args, node);
	return combine(args.all.map(contentOf));
}

/** A metric judges predictions, not other metrics. */
function withoutMeasures(one: Datum): Datum {
	return { ...one, measures: undefined };
}

function fresh(frame: Frame, only: Datum | undefined, node: PyNode): Datum {
	if (!only?.estimator) return only ?? datum();
	const { name, role, inner, settings } = only.estimator;
	return datum({
		estimator: newEstimator(frame, name, node, { role, inner, settings }),
	});
}

const JUDGES = /^(evaluate|score|accuracy|validate|judge|test)(_|$)/i;

/** `evaluate(model)`, a function nobody has seen: its name says what it gives. */
function judged(frame: Frame, name: string, node: PyNode): Datum {
	const estimator = newEstimator(frame, name, node);
	const data = { rows: NO_ROWS, taints: [] };
	const seen = { estimator, data, kind: "score", measured: true } as const;
	return datum({ measures: [scoreOf(frame, seen, node)] });
}

function splitter(
	frame: Frame,
	name: string,
	args: Arguments,
	node: PyNode,
): Datum {
	const settings = args.texts;
	const rounds = splitterRounds(frame, name, settings, node);
	return {
		...rounds,
		estimator: newEstimator(frame, name, node, { settings }),
	};
}

const KERAS_DATA = /^load_data$/;

function loaded(
	frame: Frame,
	name: string,
	args: Arguments,
	node: PyNode,
): Datum {
	const given = args.all.find(({ rows }) => rows.length);
	if (given && !/^read_/.test(name)) return contentOf(given);
	const rows = newRows(`data${freshId(frame)}`);
	// All columns of a file, until some are chosen.
	const all = /^read_/.test(name) && !args.texts.has("usecols");
	const whole = datum({ rows, lacks: all ? [] : undefined });
	if (args.texts.has("parse_dates")) noteTime(frame, rows, "parse_dates", node);
	if (KERAS_DATA.test(name)) {
		const items = ["0", "1"].map((part) => {
			const one = { rows: choose(rows, [{ id: "as delivered", part }]) };
			return datum({ ...one, items: [datum(one), datum(one)] });
		});
		return { ...whole, items };
	}
	const pair = args.texts.get("return_X_y") === "True" || /^make_/.test(name);
	return pair ? { ...whole, items: [datum({ rows }), datum({ rows })] } : whole;
}

function arraySplit(
	frame: Frame,
	{ positional }: Arguments,
	node: PyNode,
	name: string,
	more = 1,
): Datum {
	const [whole, bounds] = positional;
	if (!whole) return datum();
	const count = bounds?.items
		? bounds.items.length + more
		: (bounds?.number ?? 2);
	const parts = Math.min(Math.max(count, 2), 8);
	return splitInto(frame, name, becomeRows(frame, whole), parts, node);
}

const SIDEWAYS = /axis\s*=\s*(1|-1|"columns"|'columns')/;

function concat({ positional, named, node }: Arguments): Datum {
	const list = positional[0] ?? named.get("objs") ?? named.get("arrays");
	const parts = list?.items ?? positional;
	if (SIDEWAYS.test(node.text)) return combine(parts.map(contentOf));
	return stackData(parts.map(contentOf));
}

function joined(main: Datum | undefined, all: readonly Datum[]): Datum {
	const whole = combine(all.map(contentOf));
	return { ...whole, rows: main?.rows.length ? main.rows : whole.rows };
}

/** Given the number of bins, their edges are found in the rows. */
function cut(frame: Frame, args: Arguments, node: PyNode, name: string): Datum {
	const bins = args.named.get("bins") ?? args.positional[1];
	if (bins?.number === undefined) return args.positional[0] ?? datum();
	return tainted(frame, args, node, name, "fit");
}

function tainted(
	frame: Frame,
	{ positional, all }: Arguments,
	node: PyNode,
	name: string,
	kind: TaintKind,
): Datum {
	const whole = all.find(({ rows }) => rows.length) ?? positional[0] ?? all[0];
	if (!whole) return datum();
	becomeRows(frame, whole);
	const taint = looked(frame, whole, node, name, kind);
	const made = marked(whole, [taint]);
	// `boxcox(x)` gives the rows and what was learned from them.
	return /^(boxcox|yeojohnson)$/.test(name)
		? { ...made, items: [made, datum({ aggregates: [taint] })] }
		: made;
}

function aggregated(
	frame: Frame,
	whole: Datum,
	args: Arguments,
	node: PyNode,
	name: string,
): Datum {
	const axis = args.texts.get("axis") ?? args.positional[1]?.number;
	if (/^-?1$/.test(String(axis))) return contentOf(whole);
	if (whole.items && /^(max|min|sum)$/.test(name) && whole.items.length > 1)
		return combine(whole.items.map(contentOf));
	return statisticOf(frame, whole, node, name);
}

function toDate(frame: Frame, args: Arguments, node: PyNode): Datum {
	const [whole] = args.positional;
	if (whole) noteTime(frame, whole.rows, "to_datetime()", node);
	return whole ? contentOf(whole) : datum();
}
