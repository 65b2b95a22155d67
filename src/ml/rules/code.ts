// The code a rule looks at: syntax trees, and the data flow once somebody asks.
import type { CodePlace, Flow } from "../python/flow/flow.ts";
import { traceFlow } from "../python/flow/trace.ts";
import type { Lineage } from "../python/lineage/record.ts";
import { traceLineage } from "../python/lineage/trace.ts";
import type { PyNode } from "../python/node.ts";
import { type PythonRepository, readRepository } from "../python/repository.ts";
import {
	exportedCells,
	type ModuleCell,
	notebookModule,
} from "./notebook-module.ts";

export interface Code {
	/** Repository path to syntax tree, in order of path; tests are left out. */
	readonly modules: ReadonlyMap<string, PyNode>;
	/** The code cells of those that are notebooks, or were. */
	readonly notebooks: ReadonlyMap<string, readonly ModuleCell[]>;
	/** For what follows imports itself. */
	readonly repository: PythonRepository;
	/** Traced once, when first read. */
	readonly flow: Flow;
	/** Likewise: which rows are fitted and scored, and what looked at them before. */
	readonly lineage: Lineage;
	/** The whole text of a module, of a notebook its code; "" of others. Trees have no comments. */
	source(path: string): string;
	/** The same, line by line. */
	lines(path: string): readonly string[];
	/** The text of lines of a module. */
	quote(place: CodePlace): string;
	/** Where in a notebook a place begins. */
	cellAt(place: CodePlace): CellPlace | undefined;
	readonly skipped: PythonRepository["skipped"];
}

export interface CellPlace {
	/** Among all cells of the notebook, from 0. */
	readonly index: number;
	/** From 1. */
	readonly line: number;
}

/** Must not throw: what cannot be read in time is left out. */
export async function readCode(
	files: ReadonlyMap<string, string>,
): Promise<Code> {
	const sources = new Map(files);
	const notebooks = new Map<string, readonly ModuleCell[]>();
	const unread: { path: string; why: string }[] = [];
	for (const [path, text] of files) {
		if (!path.endsWith(".ipynb")) {
			const cells = exportedCells(text);
			if (cells.length) notebooks.set(path, cells);
			continue;
		}
		const module = notebookModule(text);
		if (module) notebooks.set(path, module.cells);
		else unread.push({ path, why: "not a notebook that can be read" });
		sources.set(path, module?.source ?? "");
	}
	const repository = await readRepository(sources);
	let flow: Flow | undefined;
	let lineage: Lineage | undefined;
	const source = (path: string) => sources.get(path) ?? "";
	const split = new Map<string, readonly string[]>();
	const lines = (path: string) => {
		const known = split.get(path) ?? source(path).split("\n");
		split.set(path, known);
		return known;
	};
	return {
		modules: repository.modules,
		notebooks,
		repository,
		get flow() {
			flow ??= traceFlow(repository);
			return flow;
		},
		get lineage() {
			lineage ??= traceLineage(repository);
			return lineage;
		},
		source,
		lines,
		quote: ({ path, startLine, endLine }) =>
			lines(path)
				.slice(startLine - 1, endLine)
				.join("\n"),
		cellAt({ path, startLine }) {
			if (!path.endsWith(".ipynb")) return undefined;
			const cell = notebooks
				.get(path)
				?.findLast((one) => one.startLine <= startLine);
			return (
				cell && { index: cell.index, line: startLine - cell.startLine + 1 }
			);
		},
		skipped: [...repository.skipped, ...unread],
	};
}
