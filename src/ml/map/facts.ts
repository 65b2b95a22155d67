// What one file says by itself, whatever stands around it: so it can be kept
// by the file's content. Plain JSON, and small; the text itself is let go.
import type { Role } from "./ml-map.ts";

export interface Import {
	readonly module: string;
	/** Leading dots. */
	readonly level: number;
	/** Empty for `import x`; `*` for all. */
	readonly names: readonly string[];
	readonly line: number;
}

export interface Span {
	readonly name: string;
	readonly line: number;
	readonly end: number;
	readonly cell?: number;
}

export interface ClassFacts extends Span {
	/** As written, e.g. `nn.Module`. */
	readonly bases: readonly string[];
	readonly methods: readonly Span[];
}

export interface CallEvidence {
	readonly role: Role;
	readonly line: number;
	readonly cell?: number;
	readonly label: string;
	readonly weight: number;
}

export interface Lead {
	readonly line: number;
	readonly cell?: number;
	readonly rule: string;
	readonly text: string;
}

export interface FileFacts {
	/** Lines of code; of a notebook's code cells alone. */
	readonly loc: number;
	readonly cells?: number;
	/** The first line of its description. */
	readonly doc?: string;
	readonly hasSyntaxError: boolean;
	readonly imports: readonly Import[];
	/** What a local name stands for: `nn` for `torch.nn`; relative ones begin with dots. */
	readonly aliases: Readonly<Record<string, string>>;
	readonly classes: readonly ClassFacts[];
	/** At the top level. */
	readonly functions: readonly Span[];
	readonly evidence: readonly CallEvidence[];
	readonly leads: readonly Lead[];
	/** The line of `if __name__ == "__main__"`. */
	readonly main?: number;
	/** Every word of the text once, in one string, and how often each is there. */
	readonly words: string;
	readonly counts: readonly number[];
}
