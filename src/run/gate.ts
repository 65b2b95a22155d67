// Gates: where a run waits for a person, what it asks there, and what was answered.

export const GATES = [
	"requirements",
	"risks",
	"approach",
	"pipeline",
	"approval",
	"findings",
	"verdict",
	"stack",
	"trouble",
] as const;
export type GateName = (typeof GATES)[number];

/** What a phase asks of a person; `command` is shown first, in a code span. */
export interface GateRequest {
	readonly name: GateName;
	/** A complete command that lets the run go on, e.g. "/approve 3fa9c1d2". */
	readonly command: string;
	/** One line: what is to be decided. */
	readonly question: string;
	/** Full sha256 that an /approve is bound to (gates approval and verdict). */
	readonly digest?: string;
	/** Ids that /fix may name. */
	readonly choices?: readonly string[];
	/** Critical risks the design does not mitigate: approving has to name them. */
	readonly mustAccept?: readonly string[];
}

export interface OpenGate extends GateRequest {
	readonly phase: number;
	readonly attempt: number;
	readonly openedAt: string;
}

export interface Decision {
	readonly gate: GateName | "none";
	readonly phase: number;
	readonly by: string;
	readonly at: string;
	/** The command as given, e.g. "/approve 3fa9c1d2". */
	readonly command: string;
	readonly digest?: string;
}

export interface Approval {
	readonly digest: string;
	/** The commit it is built on; recorded, not part of the digest. */
	readonly base: string;
	readonly by: string;
	readonly at: string;
}
