// Our tables, as the migrations make them.
import type { Generated } from "kysely";
import type { Order } from "../run/order.ts";
import type { Run } from "../run/run.ts";

export interface Tables {
	deliveries: DeliveryRow;
	runs: RunRow;
	orders: OrderRow;
	attempts: AttemptRow;
	reports: ReportRow;
	turns: TurnRow;
	published: PublishedRow;
	executors: ExecutorRow;
}

/** What GitHub told us, kept until it is dealt with. */
export interface DeliveryRow {
	seq: Generated<number>;
	/** GitHub's delivery id. */
	id: string;
	event: string;
	action: string;
	/** Neither the id nor the event's name is signed; the same content never counts twice. */
	digest: string;
	/** What the event is about, where that exists only once, e.g. a comment. */
	subject: string | null;
	/** Deliveries of one topic are dealt with in their order. */
	topic: string;
	payload: unknown;
	state: Generated<"new" | "done" | "failed">;
	/** Why it changed nothing, or what went wrong. */
	error: string | null;
	tries: Generated<number>;
	next_at: Generated<Date>;
	received_at: Generated<Date>;
}

export interface RunRow {
	id: string;
	repo_id: number;
	issue: number;
	run_no: number;
	/** Whether it still counts as the task's live run. */
	live: boolean;
	state: Run;
	version: Generated<number>;
}

/** The outbox: what `advance` wants done. */
export interface OrderRow {
	id: Generated<number>;
	run_id: string;
	what: Order;
	done_at: Date | null;
	tries: Generated<number>;
	next_at: Generated<Date>;
	error: string | null;
}

/** One execution of a phase, with the run as it stood at its start. */
export interface AttemptRow {
	run_id: string;
	phase: number;
	attempt: number;
	run: Run;
	started_at: Generated<Date>;
	/** How often a process died under it. */
	crashes: Generated<number>;
}

export interface ReportRow {
	run_id: string;
	phase: number;
	attempt: number;
	report: unknown;
	saved_at: Generated<Date>;
}

/** The ledger: one row per model turn, however often it was asked. */
export interface TurnRow {
	id: Generated<number>;
	run_id: string;
	conversation: string;
	turn: number;
	model: string;
	phase: number | null;
	role: string | null;
	/** The assignment's name: the same in every attempt of the phase. */
	agent: string | null;
	/** Requests sent, the ones that broke included. */
	asked: Generated<number>;
	/** The process that asked last. */
	asked_by: string;
	/** How often another process had to ask anew, because the one before it died. */
	repeated: Generated<number>;
	/** What earlier requests cost, or may have cost. */
	earlier_usd: Generated<number>;
	reserved_usd: number;
	usd: number | null;
	usage: unknown;
	asked_at: Generated<Date>;
	answered_at: Date | null;
}

/** What the publisher remembers of what it wrote on GitHub. */
export interface PublishedRow {
	run_id: string;
	key: string;
	value: unknown;
}

/** Processes that left in peace; any other that is gone has crashed. */
export interface ExecutorRow {
	id: string;
	left_at: Generated<Date>;
}
