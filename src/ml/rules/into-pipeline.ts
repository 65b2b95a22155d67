// A transformer that is fitted before cross-validation becomes a step of it.
import { boundName } from "../python/bound-name.ts";
import { type Called, callsOf } from "../python/called.ts";
import type { Leak } from "../python/lineage/record.ts";
import { field, type PyNode } from "../python/node.ts";
import { nodesIn, nodesOf } from "../python/nodes.ts";
import type { Code } from "./code.ts";
import { insertBehind, remove, replaceWithin } from "./edits.ts";
import type { Edit, Fix } from "./rule.ts";

/** Those that take any part of the rows; an encoder may meet a category it has not seen. */
const FITS_ANY_PART = /Scaler$|^Normalizer$|^PCA$|Imputer$|^PowerTransformer$/;
const FOLDS = /^sklearn\.model_selection\.cross_(val_score|validate)$/;
const MAKER = "sklearn.pipeline.make_pipeline";
/** Settings that mean the same for a pipeline. */
const ALIKE = new Set(["cv", "scoring", "n_jobs", "verbose", "groups"]);

/** Only where the transformed rows go into one cross-validation, and nowhere else. */
export function intoPipeline(code: Code, leak: Leak): Fix | undefined {
	const { taint, score } = leak;
	const { path } = taint.place;
	const module = code.modules.get(path);
	if (score?.kind !== "folds" || score.place.path !== path || !module)
		return undefined;
	if (!FITS_ANY_PART.test(taint.name)) return undefined;
	const fit = fitAt(module, taint.place.startLine);
	const judged = fit && judgedAlone(module, fit);
	if (!fit || !judged) return undefined;
	const raw =
		fit.rows.text === fit.into
			? remove(code, path, fit.node)
			: replaceWithin(code, path, fit.call, fit.rows.text);
	const piped = `make_pipeline(${fit.transformer.text}, ${judged.text})`;
	const step = replaceWithin(code, path, judged, piped);
	const imported = importOf(code, path, module, fit.node);
	// The import last: put before a line that goes, it must not be taken for it.
	return raw && step && imported && [step, raw, ...imported];
}

interface FitStatement {
	readonly node: PyNode;
	readonly call: PyNode;
	readonly into: string;
	readonly transformer: PyNode;
	readonly rows: PyNode;
}

/** `into = transformer.fit_transform(rows)` among the module's own statements. */
function fitAt(module: PyNode, line: number): FitStatement | undefined {
	const node = module.children.find((one) => one.line === line);
	const assignment = node?.children[0];
	if (!node || assignment?.type !== "assignment") return undefined;
	const [left, right] = [field(assignment, "left"), field(assignment, "right")];
	const called = callsOf(module).find((one) => one.node === right);
	const [rows] = called?.positional ?? [];
	if (!called?.receiver || called.method !== "fit_transform") return undefined;
	if (left?.type !== "identifier" || !rows) return undefined;
	if (called.positional.length > 1 || called.named.size || called.hasUnpacked)
		return undefined;
	const { receiver: transformer, node: call } = called;
	const into = left.text;
	const again = uses(module, transformer.text).length > 2;
	// Somebody may go on to use what a named transformer has learned.
	if (transformer.type === "identifier" ? again : transformer.type !== "call")
		return undefined;
	return { node, call, into, transformer, rows };
}

/** The estimator of the one cross-validation that is given these rows. */
function judgedAlone(module: PyNode, fit: FitStatement): PyNode | undefined {
	const { into, node } = fit;
	const [only, ...others] = uses(module, into).filter(
		({ line }) => line > node.endLine,
	);
	if (!only || others.length) return undefined;
	// What a function does with the name happens whenever it is called.
	const isShared = nodesOf(module, "function_definition").some(
		(one) => uses(one, into).length > 0,
	);
	const folds = callsOf(module).find(
		({ name, positional }) => FOLDS.test(name) && positional[1] === only,
	);
	const [estimator] = folds?.positional ?? [];
	if (isShared || !folds || folds.hasUnpacked || !estimator) return undefined;
	return [...folds.named.keys()].every((key) => ALIKE.has(key)) &&
		isOfLibrary(module, estimator)
		? estimator
		: undefined;
}

/** Made here by scikit-learn: not a list of some, nor a search with names of settings. */
function isOfLibrary(module: PyNode, estimator: PyNode): boolean {
	const made: Called | undefined = callsOf(module).find(
		({ node }) => node === estimator,
	);
	return made !== undefined && /^sklearn\.(?!model_selection)/.test(made.name);
}

const uses = (root: PyNode, name: string): PyNode[] =>
	[...nodesIn(root)].filter(
		({ type, role, text }) =>
			type === "identifier" &&
			role !== "attribute" &&
			role !== "name" &&
			text === name,
	);

/** The line that imports make_pipeline, where none does; undefined where there is no place for it above the fit. */
function importOf(
	code: Code,
	path: string,
	module: PyNode,
	{ line: before }: PyNode,
): readonly Edit[] | undefined {
	if (boundName(module, MAKER, before) === "make_pipeline") return [];
	if (uses(module, "make_pipeline").length) return undefined;
	const last = module.children.findLast(
		({ type, line }) =>
			line < before && /^import(_from)?_statement$/.test(type),
	);
	const text = "from sklearn.pipeline import make_pipeline";
	const edit = last && insertBehind(code, path, last, text);
	return edit && [edit];
}
