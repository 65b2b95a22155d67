// What is in force where a network is asked: evaluation mode, and no gradients.
import { readCalled } from "../called.ts";
import { field, type PyNode } from "../node.ts";
import { nodesIn } from "../nodes.ts";
import { aroundCall, type Site, somewhereOnTheWay } from "./callers.ts";
import type { EvaluationLoop } from "./evaluation-loops.ts";
import type { Program } from "./program.ts";
import type { Scope } from "./scope.ts";
import { setsEvaluation } from "./signs.ts";
import { stepsOf } from "./steps.ts";

/** Undefined when the ways to the loop are not all known. */
export function inEvaluationMode(
	program: Program,
	{ scope, node }: EvaluationLoop,
): boolean | "unknown" {
	return somewhereOnTheWay(program, { scope, call: node }, (site) =>
		stepsOf(program, site.scope, site.scope.body).some(
			(step) =>
				step.via.line <= site.call.endLine &&
				(setsEvaluation(step) ||
					/eval_mode|set_(train|eval|mode)/.test(step.method)),
		),
	);
}

const OFF =
	/\b(no_grad|inference_mode|set_grad_enabled|disable_grad|eval_mode|requires_grad\s*=\s*False)\b|\bvolatile\s*=\s*True|_no_grad\b|requires_grad_\(\s*False/;

export function withoutGradients(
	program: Program,
	loop: EvaluationLoop,
): boolean | "unknown" {
	const { scope, node, asked } = loop;
	const inside = asked.around.some((one) => OFF.test(headOf(one)));
	if (inside || isOff(asked.scope)) return true;
	return somewhereOnTheWay(program, { scope, call: node }, (site) => {
		const around = [...aroundCall(site)];
		return (
			isOff(site.scope) ||
			around.some(
				(one) => one.type === "with_statement" && OFF.test(headOf(one)),
			) ||
			switchedOff(site)
		);
	});
}

const isOff = ({ decorators }: Scope): boolean =>
	decorators.some(({ text }) => OFF.test(text));

/** The line of a `with` statement, without what it contains. */
function headOf(node: PyNode): string {
	const body = field(node, "body");
	return body ? node.text.slice(0, node.text.length - body.text.length) : "";
}

/** `torch.set_grad_enabled(False)`, or the weights frozen, before it in the same function. */
function switchedOff({ scope, call }: Site): boolean {
	for (const node of nodesIn(scope.body)) {
		if (node.line > call.endLine) continue;
		if (node.type === "call") {
			const { method } = readCalled(node, scope.module);
			if (
				/^(set_grad_enabled|_set_grad_enabled|requires_grad_|freeze)$/.test(
					method,
				)
			)
				return true;
		}
		if (node.type === "assignment" && OFF.test(node.text)) return true;
	}
	return false;
}
