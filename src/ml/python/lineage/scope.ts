// Where names live while code is traced, and the record the trace writes.
import type { CodePlace } from "../flow/flow.ts";
import type { PyNode } from "../node.ts";
import type { PythonRepository } from "../repository.ts";
import { type Datum, datum } from "./datum.ts";
import type {
	Fit,
	Material,
	Operation,
	Score,
	Selection,
	Split,
	Taint,
	TimeEvidence,
} from "./record.ts";
import { newRows } from "./rows.ts";

export interface World {
	readonly repository: PythonRepository;
	readonly modules: Map<string, ModuleScope>;
	readonly fits: Fit[];
	readonly learnings: Fit[];
	readonly scores: Score[];
	readonly splits: Split[];
	readonly times: TimeEvidence[];
	readonly operations: Operation[];
	readonly windows: Operation[];
	/** Uses of networks, for training or not. */
	readonly applications: Score[];
	readonly selections: Selection[];
	/** Variables of the loops being run. */
	readonly loops: string[];
	readonly taints: Map<string, Taint>;
	/** Rows and where they were cut to the side that was taken. */
	readonly cuts: Map<string, "head" | "tail">;
	/** Functions that were entered at least once. */
	readonly called: Set<PyNode>;
	/** Functions being traced right now, outermost first. */
	readonly stack: PyNode[];
	ids: number;
	steps: number;
	readonly isLate: () => boolean;
}

export interface ModuleScope {
	readonly path: string;
	readonly vars: Map<string, Datum>;
}

export interface Frame {
	readonly world: World;
	readonly module: ModuleScope;
	readonly vars: Map<string, Datum>;
	/** The frame around a nested function; undefined at module level. */
	readonly outer?: Frame | undefined;
	readonly globals: Set<string>;
	readonly returned: Datum[];
	/** What names held before the branch being run gave them something else. */
	changes?: Map<string, Datum | undefined> | undefined;
	/** Where code stands that is itself written as a text. */
	readonly at?: CodePlace | undefined;
}

/** A thread of the trace took too long; what was found until then stands. */
export class TraceEnded extends Error {
	override readonly name = "TraceEnded";
}

/** Of one thread: a module's top level, or a function nobody calls. */
const MOST_STEPS = 60_000;

export function countStep({ world }: Frame): void {
	world.steps++;
	const late = world.steps % 1_000 === 0 && world.isLate();
	if (late || world.steps > MOST_STEPS) throw new TraceEnded();
}

export function freshId({ world }: Frame): number {
	return ++world.ids;
}

export function setName(frame: Frame, name: string, given: Datum): void {
	const vars = frame.globals.has(name) ? frame.module.vars : frame.vars;
	const { changes } = frame;
	if (changes && vars === frame.vars && !changes.has(name))
		changes.set(name, vars.get(name));
	vars.set(name, given);
}

export function lookUp(frame: Frame, name: string): Datum | undefined {
	for (let at: Frame | undefined = frame; at; at = at.outer) {
		const found = at.vars.get(name);
		if (found) return found;
	}
	return frame.module.vars.get(name);
}

export function placeOf(frame: Frame, node: PyNode): CodePlace {
	const { path } = frame.module;
	return frame.at ?? { path, startLine: node.line, endLine: node.endLine };
}

/**
 * A value about which nothing is known turns out to be rows: from now on they
 * are rows nobody else has.
 */
export function becomeRows(frame: Frame, value: Datum): Datum {
	if (value.rows.length) return value;
	const known =
		value.estimator ?? value.callee ?? value.external ?? value.module;
	const scalar = value.text ?? value.number ?? value.counts;
	if (known !== undefined || scalar !== undefined) return value;
	value.rows = value.base
		? becomeRows(frame, value.base).rows
		: newRows(`unknown${freshId(frame)}`);
	return value;
}

export function unknown(): Datum {
	return datum();
}

export function materialOf({ rows, taints, columns, lacks }: Datum): Material {
	return { rows, taints, columns, lacks };
}

type Seen = Pick<Score, "estimator" | "data" | "kind" | "measured">;

/** A model is asked about rows. */
export function scoreOf(frame: Frame, seen: Seen, node: PyNode): Score {
	return {
		...seen,
		place: placeOf(frame, node),
		order: freshId(frame),
		loops: [...frame.world.loops],
		text: node.text.slice(0, 200),
		averaged: false,
		trained: false,
	};
}
