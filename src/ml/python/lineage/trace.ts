// Follows rows through a whole repository, once.
import { deadline } from "../deadline.ts";
import { field, type PyNode } from "../node.ts";
import type { PythonRepository } from "../repository.ts";
import { argumentsFor } from "./calls.ts";
import { invoke } from "./invoke.ts";
import { leaksOf, pairsOf } from "./leaks.ts";
import type { Lineage } from "./record.ts";
import type { Frame, World } from "./scope.ts";
import { runModule } from "./statements.ts";

const MILLISECONDS = 5_000;

/** Without one of these words a file neither fits, scores nor divides. */
const LEARNS =
	/fit|train|backward|score|split|Fold|merge_asof|cross_val|evaluate|\[:|:\]|iloc/;

/** Must not throw: a trace that takes too long shows what it found until then. */
export function traceLineage(repository: PythonRepository): Lineage {
	const world: World = {
		repository,
		modules: new Map(),
		fits: [],
		learnings: [],
		scores: [],
		splits: [],
		times: [],
		operations: [],
		windows: [],
		applications: [],
		selections: [],
		loops: [],
		taints: new Map(),
		cuts: new Map(),
		called: new Set(),
		stack: [],
		ids: 0,
		steps: 0,
		isLate: deadline(MILLISECONDS),
	};
	const unfinished: string[] = [];
	const attempt = (name: string, follow: () => void) => {
		world.steps = 0;
		world.loops.length = 0;
		try {
			follow();
		} catch (error) {
			// Code of strangers must not stop the other threads.
			unfinished.push(`${name}: ${String(error)}`);
		}
	};
	// Others are run when one of these imports them.
	for (const [path, root] of repository.modules)
		if (LEARNS.test(root.text)) attempt(path, () => runModule(world, path));
	enterUncalled(world, attempt);
	scoreApplications(world);
	const { fits, learnings, scores, splits, times, operations, windows } = world;
	const pairs = pairsOf(fits, scores);
	return {
		fits,
		learnings,
		scores,
		splits,
		times,
		operations,
		windows,
		selections: world.selections,
		pairs,
		leaks: leaksOf(pairs, scores, splits),
		unfinished,
	};
}

/** Functions nobody called are entered with arguments nobody knows. */
function enterUncalled(
	world: World,
	attempt: (name: string, follow: () => void) => void,
): void {
	for (const module of [...world.modules.values()])
		for (const { callee } of [...module.vars.values()]) {
			if (!callee || callee.frame.module !== module) continue;
			const { node, frame } = callee;
			if (world.called.has(node) || node.type === "lambda") continue;
			const name = field(node, "name")?.text ?? "";
			attempt(`${module.path}, ${name}`, () => enter(frame, node));
		}
}

function enter(frame: Frame, node: PyNode): void {
	const made = invoke(frame, { node, frame }, argumentsFor([], node));
	if (node.type !== "class_definition") return;
	for (const { callee } of [...(made.attrs?.values() ?? [])])
		if (callee && !frame.world.called.has(callee.node))
			invoke(frame, callee, argumentsFor([], node));
}

/** What a network was applied to without learning from it, it was asked. */
function scoreApplications({ applications, scores }: World): void {
	scores.push(...applications.filter(({ trained }) => !trained));
}
