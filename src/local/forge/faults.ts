/** What can go wrong with the next calls of one operation. */
export type CallFault =
	/** A plain failure; nothing was done. */
	| { kind: "fail"; status: 422 | 500 | 502 | 503 }
	/** It will not be done, however often it is asked for. */
	| { kind: "refuse" }
	/** The work was done, but the answer got lost in a 502. */
	| { kind: "fail-afterwards" }
	/** The secondary rate limit. */
	| { kind: "limit"; retryAfterSeconds: number }
	| { kind: "slow"; milliseconds: number };

/** What can go wrong with the next webhook of one event. */
export type DeliveryFault =
	| "drop"
	| "duplicate"
	/** It is sent after the one that follows it. */
	| "swap";

/** What can go wrong with the next run of a workflow. */
export type RunFault =
	/** No runner has its labels. */
	| "never starts"
	/** The dispatch is taken twice. */
	| "starts twice"
	/** GitHub does not tell which run it became. */
	| "tells no run"
	| "is cancelled"
	/** Somebody else began it under the same name. */
	| "another actor"
	/** It is of another commit's workflow. */
	| "another branch"
	/** What lies in the store is not what was handed over. */
	| "another artifact";

interface Armed<Fault> {
	name: string;
	fault: Fault;
	left: number;
}

/** The switch by which a test makes this GitHub misbehave. */
export interface Faults {
	/** `operation` is GitHub's name, "issues/create-comment", or "*" for any. */
	call(operation: string, fault: CallFault, times?: number): void;
	/** `event` is "issues", "issue_comment", … or "*" for any. */
	deliver(event: string, fault: DeliveryFault, times?: number): void;
	run(fault: RunFault, times?: number): void;
	takeCall(operation: string): CallFault | null;
	takeDelivery(event: string): DeliveryFault | null;
	takeRun(): RunFault | null;
}

export function createFaults(): Faults {
	const calls: Armed<CallFault>[] = [];
	const deliveries: Armed<DeliveryFault>[] = [];
	const runs: Armed<RunFault>[] = [];

	function take<Fault>(armed: Armed<Fault>[], name: string): Fault | null {
		const found = armed.find(
			(entry) => entry.left > 0 && (entry.name === "*" || entry.name === name),
		);
		if (!found) return null;
		found.left -= 1;
		return found.fault;
	}

	return {
		call(name, fault, times = 1) {
			calls.push({ name, fault, left: times });
		},
		deliver(name, fault, times = 1) {
			deliveries.push({ name, fault, left: times });
		},
		run(fault, times = 1) {
			runs.push({ name: "*", fault, left: times });
		},
		takeCall: (operation) => take(calls, operation),
		takeDelivery: (event) => take(deliveries, event),
		takeRun: () => take(runs, "*"),
	};
}
