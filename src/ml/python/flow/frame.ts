// Where names live while code is traced, and what the trace has found so far.
import type { PyNode } from "../node.ts";
import type { PythonRepository } from "../repository.ts";
import type { CodePlace, EncodedAcrossSplit } from "./flow.ts";
import { type Cell, type Value, value } from "./value.ts";

/** Shared by all frames of one trace. */
export interface World {
	readonly repository: PythonRepository;
	readonly modules: Map<string, ModuleScope>;
	readonly encodings: Map<string, EncodedAcrossSplit>;
	readonly labels: Set<string>;
	/** Split segment id to the place that divides. */
	readonly splits: Map<string, CodePlace>;
	/** Functions that were entered at least once. */
	readonly called: Set<PyNode>;
	/** Functions being traced right now, outermost first. */
	readonly stack: PyNode[];
	ids: number;
	/** Counted anew for each thread. */
	steps: number;
	readonly deadline: number;
}

export interface ModuleScope {
	readonly path: string;
	readonly vars: Map<string, Value>;
}

export interface Frame {
	readonly world: World;
	readonly module: ModuleScope;
	readonly vars: Map<string, Value>;
	/** The frame around a nested function; undefined at module level. */
	readonly outer?: Frame | undefined;
	/** Conditions under which the present statement runs. */
	conditions: readonly Condition[];
	readonly returned: Value[];
}

export interface Condition {
	readonly cells: readonly Cell[];
	/** Set when the condition chooses rows by part, e.g. `row["fold"] != k`. */
	readonly selects: boolean;
}

/** A thread of the trace took too long; what was found until then stands. */
export class TraceEnded extends Error {
	override readonly name = "TraceEnded";
}

/** Of one thread: a module's top level, or a function nobody calls. */
const MOST_STEPS = 200_000;

export function countStep({ world }: Frame): void {
	world.steps++;
	const late = world.steps % 1_000 === 0 && performance.now() > world.deadline;
	if (late || world.steps > MOST_STEPS) throw new TraceEnded();
}

export function freshId(frame: Frame): number {
	return ++frame.world.ids;
}

export function freshPath(frame: Frame): string {
	return `t${freshId(frame)}`;
}

/** Anything: it may turn out to be rows, so it is rows nobody else has. */
export function unknown(frame: Frame): Value {
	return value({
		table: { path: freshPath(frame), marks: { own: [], parents: [] } },
	});
}

export function lookUp(frame: Frame, name: string): Value | undefined {
	for (let at: Frame | undefined = frame; at; at = at.outer) {
		const found = at.vars.get(name);
		if (found) return found;
	}
	return frame.module.vars.get(name);
}

export function placeOf(frame: Frame, node: PyNode): CodePlace {
	return {
		path: frame.module.path,
		startLine: node.line,
		endLine: node.endLine,
	};
}
