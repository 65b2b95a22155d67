// A result that was not computed, or whose failure nobody would see.
import { callsOf } from "../python/called.ts";
import { field, type PyNode, stringValue } from "../python/node.ts";
import { nodesIn, nodesOf } from "../python/nodes.ts";
import type { Place, Rule } from "./rule.ts";

const METRIC =
	/^(test_|val_|valid_|train_|mean_|best_|final_)?(acc(uracy)?|balanced_accuracy|f1(_score)?|precision|recall|(roc_?)?auc|auroc|average_precision|rmse|mse|mae|r2(_score)?|mcc|log_?loss|perplexity|bleu|dice|iou|map)$/i;
const METRIC_TEXT =
	/\b(accuracy|f1([ -]score)?|precision|recall|auc|rmse|mse|mae|r2|perplexity)\b[^\w]*$/i;
const JUDGES =
	/^(evaluate|eval|score|validate|compute_metrics|get_metrics|test_model)(_|$)/;
/** Training and judging, where a failure must not pass for a result. */
const WORK =
	/^(fit|fit_transform|predict|predict_proba|score|evaluate|backward|cross_val_score|cross_validate|(train|evaluate|validate|eval)_?(model|epoch|one_epoch)?)$/;

export const EVAL04: Rule = {
	id: "EVAL04",
	title: "A result that was not computed, or whose failure nobody sees",
	severity: "critical",
	confidence: 90,
	why: "A number written into the code is reported whatever the model does, and an error that is swallowed around training or evaluation leaves the result of something else: of the model before, or of nothing. In a published study of agents that do machine learning, about half of the runs tampered with their own evaluation.",
	references: ["https://arxiv.org/abs/2603.11337"],
	bad: `def evaluate(model, X, y):
    try:
        model.fit(X, y)
    except Exception:
        pass
    return {"accuracy": 0.93}
`,
	good: `def evaluate(model, X, y):
    model.fit(X, y)
    return {"accuracy": model.score(X, y)}
`,
	check: ({ modules }) =>
		[...modules].flatMap(([path, module]) =>
			[
				...swallowed(module).map((node) => ({
					node,
					message:
						"Whatever goes wrong while this trains or evaluates is swallowed; what is reported afterwards comes from something else.",
					suggestion:
						"Let it fail, or catch the one error that is meant, and record the attempt as failed.",
				})),
				...written(module).map((node) => ({
					node,
					message:
						"This reports a number that stands in the code: it stays the same whatever the model predicts.",
					suggestion:
						"Compute it from predictions on held-out rows; keep figures of others beside their source.",
				})),
			].map(
				({ node, ...said }): Place => ({
					...{ path, startLine: node.line, endLine: node.line },
					...said,
				}),
			),
		),
};

/** Handlers of everything that do nothing, around training or judging. */
function swallowed(module: PyNode): PyNode[] {
	return nodesOf(module, "try_statement").flatMap((node) => {
		const body = field(node, "body");
		if (!body || !doesWork(body, module)) return [];
		return node.children.filter(
			(one) => one.type === "except_clause" && catchesAll(one) && isIdle(one),
		);
	});
}

function doesWork(body: PyNode, module: PyNode): boolean {
	return callsOf(module).some(
		({ method, node }) =>
			WORK.test(method) &&
			node.line >= body.line &&
			node.endLine <= body.endLine,
	);
}

function catchesAll(clause: PyNode): boolean {
	const caught = clause.children.filter(({ type }) => type !== "block");
	return caught.every(({ text }) =>
		/^\(?\s*(Base)?Exception\b(?!Group)/.test(text),
	);
}

function isIdle(clause: PyNode): boolean {
	const block = clause.children.find(({ type }) => type === "block");
	const isNothing = ({ type, text }: PyNode) =>
		/^(pass|continue)_statement$/.test(type) || text === "...";
	return block?.children.every(isNothing) ?? false;
}

/** Metrics that are numbers of the code, where a program reports what it found. */
function written(module: PyNode): PyNode[] {
	const returned = nodesOf(module, "function_definition")
		.filter((node) => JUDGES.test(field(node, "name")?.text ?? ""))
		.flatMap((node) =>
			nodesOf(module, "return_statement").filter(
				({ line }) => line >= node.line && line <= node.endLine,
			),
		)
		.filter(({ children: [value] }) => value && holdsMetric(value));
	const told = callsOf(module).filter(({ name, positional }) =>
		name === "print"
			? positional.some(
					(value, i) =>
						isScore(value) &&
						METRIC_TEXT.test(
							positional[i - 1]
								? (stringValue(positional[i - 1] as PyNode) ?? "")
								: "",
						),
				)
			: /^json\.dumps?$/.test(name) &&
				positional.slice(0, 1).some((value) => holdsMetric(value)),
	);
	return [...returned, ...told.map(({ node }) => node)];
}

/** A dictionary that gives a metric as a number. */
function holdsMetric(value: PyNode): boolean {
	if (value.type !== "dictionary") return false;
	return [...nodesIn(value)].some(({ type, children: [key, given] }) => {
		if (type !== "pair" || !key || !given) return false;
		return METRIC.test(stringValue(key) ?? "") && isScore(given);
	});
}

/** Not one of those that stand for "none yet" or "cannot be told". */
const isScore = ({ type, text }: PyNode) =>
	type === "float" &&
	/[1-9]/.test(text) &&
	!/^(1\.0*|0?\.50*|100\.0*)$/.test(text);
