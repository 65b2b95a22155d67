// Follows the data through a whole repository, once.
import { field, type PyNode } from "../node.ts";
import type { PythonRepository } from "../repository.ts";
import type { CodePlace, Flow } from "./flow.ts";
import type { Frame, ModuleScope, World } from "./frame.ts";
import { invoke } from "./invoke.ts";
import { runModule } from "./statements.ts";

const MILLISECONDS = 5_000;

/** Must not throw: a trace that takes too long shows what it found until then. */
export function traceFlow(repository: PythonRepository): Flow {
	const world: World = {
		repository,
		modules: new Map(),
		encodings: new Map(),
		labels: new Set(),
		splits: new Map(),
		called: new Set(),
		stack: [],
		ids: 0,
		steps: 0,
		deadline: performance.now() + MILLISECONDS,
	};
	const unfinished: string[] = [];
	const attempt = (name: string, follow: () => void) => {
		world.steps = 0;
		try {
			follow();
		} catch (error) {
			// Code of strangers must not stop the other threads.
			unfinished.push(`${name}: ${String(error)}`);
		}
	};
	for (const path of repository.modules.keys())
		attempt(path, () => runModule(world, path));
	enterUncalled(world, attempt);
	return {
		encodings: [...world.encodings.values()],
		labels: world.labels,
		unfinished,
		quote: (place) => quote(repository, place),
	};
}

type Attempt = (name: string, follow: () => void) => void;

/**
 * Functions nobody called are entered with unknown arguments: first those whose
 * name nothing refers to, because they call the others with what they know.
 */
function enterUncalled(world: World, attempt: Attempt): void {
	const mentioned = mentionedNames(world.repository);
	const functions = [...world.modules.values()].flatMap(definitions);
	for (const first of [true, false])
		for (const { node, frame } of functions) {
			const name = field(node, "name")?.text ?? "";
			if (world.called.has(node) || (first && mentioned.has(name))) continue;
			attempt(name, () => enter(frame, node));
		}
}

function enter(frame: Frame, node: PyNode): void {
	const none = { positional: [], named: new Map(), all: [], node };
	const made = invoke(frame, { node, frame }, none);
	if (node.type !== "class_definition") return;
	for (const { callee } of [...(made.attrs?.values() ?? [])])
		if (callee && !frame.world.called.has(callee.node))
			invoke(frame, callee, none);
}

function definitions(module: ModuleScope): { node: PyNode; frame: Frame }[] {
	return [...module.vars.values()].flatMap(({ callee }) =>
		callee && callee.frame.module === module && callee.node.type !== "lambda"
			? [{ node: callee.node, frame: callee.frame }]
			: [],
	);
}

/** Identifiers that occur beside their own definition. */
function mentionedNames({ modules }: PythonRepository): Set<string> {
	const names = new Set<string>();
	for (const root of modules.values()) {
		const open = [root];
		for (let next = open.pop(); next; next = open.pop()) {
			const defined = /_definition$/.test(next.type)
				? field(next, "name")
				: undefined;
			for (const child of next.children)
				if (child !== defined) open.push(child);
			if (next.type === "identifier") names.add(next.text);
		}
	}
	return names;
}

function quote({ modules }: PythonRepository, place: CodePlace): string {
	const lines = modules.get(place.path)?.text.split("\n") ?? [];
	return lines.slice(place.startLine - 1, place.endLine).join("\n");
}
