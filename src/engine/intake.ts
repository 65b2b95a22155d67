// Takes events in: keeps what may matter, once, and lets the caller answer at once.
import { sha256 } from "../run/digest.ts";
import type { Database } from "./database.ts";
import { readHint, subjectOf } from "./hints.ts";
import { recordDelivery } from "./store/deliveries.ts";

export interface Delivery {
	/** GitHub's delivery id. */
	readonly id: string;
	readonly event: string;
	readonly payload: unknown;
}

export interface Intake {
	/** Throws only when the delivery could not be kept, so that GitHub may send it again. */
	record(delivery: Delivery): Promise<"recorded" | "known" | "ignored">;
}

export function makeIntake(db: Database, wake: () => void): Intake {
	return {
		async record({ id, event, payload }) {
			const hint = readHint(event, payload);
			if (!hint) return "ignored";
			const { action } = payload as { action: string };
			const subject = subjectOf(hint);
			const isNew = await recordDelivery(db, {
				id,
				event,
				action,
				digest: sha256(`${event}\n${JSON.stringify(payload)}`),
				...(subject ? { subject } : {}),
				topic: `${hint.repository.id}/${hint.issue.number}`,
				payload: hint,
			});
			if (isNew) wake();
			return isNew ? "recorded" : "known";
		},
	};
}
