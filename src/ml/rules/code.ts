// The code a rule looks at: syntax trees, and the data flow once somebody asks.
import type { CodePlace, Flow } from "../python/flow/flow.ts";
import { traceFlow } from "../python/flow/trace.ts";
import type { PyNode } from "../python/node.ts";
import { type PythonRepository, readRepository } from "../python/repository.ts";

export interface Code {
	/** Repository path to syntax tree, in order of path; tests are left out. */
	readonly modules: ReadonlyMap<string, PyNode>;
	/** For what follows imports itself. */
	readonly repository: PythonRepository;
	/** Traced once, when first read. */
	readonly flow: Flow;
	/** The whole text of a module; "" of others. Trees have no comments. */
	source(path: string): string;
	/** The text of lines of a module. */
	quote(place: CodePlace): string;
}

/** Must not throw: what cannot be read in time is left out. */
export async function readCode(
	files: ReadonlyMap<string, string>,
): Promise<Code> {
	const repository = await readRepository(files);
	let flow: Flow | undefined;
	const source = (path: string) => files.get(path) ?? "";
	return {
		modules: repository.modules,
		repository,
		get flow() {
			flow ??= traceFlow(repository);
			return flow;
		},
		source,
		quote: ({ path, startLine, endLine }) =>
			source(path)
				.split("\n")
				.slice(startLine - 1, endLine)
				.join("\n"),
	};
}
