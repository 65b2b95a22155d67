// What is known of a repository without asking a model: its structure, and
// which file plays which part in machine learning, each with its line.
import type { FileFacts } from "./facts.ts";

export const ROLES = [
	"model",
	"estimator",
	"train",
	"data",
	"split",
	"features",
	"eval",
	"loss",
	"tracking",
	"config",
	"checkpoint",
	"serve",
	"dist",
	"seed",
	"entry",
	"test",
] as const;

export type Role = (typeof ROLES)[number];

/** A line that speaks for a role. In a notebook, lines are those that `view` shows. */
export interface Evidence {
	readonly line: number;
	readonly cell?: number;
	readonly label: string;
	readonly weight: number;
}

export interface MapFile extends FileFacts {
	readonly path: string;
	readonly kind: "py" | "ipynb";
	readonly isTest: boolean;
	/** Examples, documentation, conversion scripts, copies of others' code. */
	readonly isAux: boolean;
	/** How many files of the repository import this one or name it in a configuration. */
	readonly inDegree: number;
	/** PageRank over imports, drawn towards roles; all files together make 1. */
	readonly rank: number;
	/** Of its classes, by the hierarchy of the whole repository. */
	readonly classRoles: Readonly<Record<string, Role>>;
	readonly roles: Readonly<Partial<Record<Role, readonly Evidence[]>>>;
}

/** Seen in the text alone: a person or a rule has to look before it counts. */
export interface RiskLead {
	readonly path: string;
	readonly line: number;
	readonly cell?: number;
	readonly rule: string;
	readonly text: string;
}

export interface MlMap {
	readonly commit: string;
	readonly totals: {
		readonly files: number;
		readonly py: number;
		readonly pyLoc: number;
		readonly tests: number;
		readonly notebooks: number;
		readonly nbCodeLoc: number;
		readonly syntaxErrors: number;
		/** Python that was not looked at, and why. */
		readonly skipped: readonly {
			readonly path: string;
			readonly why: string;
		}[];
	};
	/** Known libraries by the number of files that import them. */
	readonly frameworks: readonly {
		readonly name: string;
		readonly files: number;
	}[];
	readonly projectFiles: readonly string[];
	readonly dirs: readonly {
		readonly path: string;
		readonly files: number;
		readonly loc: number;
	}[];
	readonly configs: readonly {
		readonly dir: string;
		readonly files: readonly string[];
	}[];
	/** Python files and notebooks, in order of path. */
	readonly files: readonly MapFile[];
	/** All other files, in order of path. */
	readonly otherFiles: readonly string[];
	readonly riskLeads: readonly RiskLead[];
}

export interface KeyFile {
	readonly path: string;
	/** The part it plays best, or that the task's words point to it. */
	readonly why: Role | "task";
	/** First and last lines worth reading; empty: the whole file. */
	readonly ranges: readonly (readonly [number, number])[];
}

export interface TaskFile {
	readonly path: string;
	readonly score: number;
}
