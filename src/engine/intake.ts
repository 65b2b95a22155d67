// Takes events in: keeps what may matter, once, and lets the caller answer at once.
import { z } from "zod";
import { sha256 } from "../run/digest.ts";
import { awaitsReply } from "../run/plain-reply.ts";
import { wakeRun } from "../workspace/runners/actions/wake.ts";
import type { Database } from "./database.ts";
import {
	type Hint,
	type HintOf,
	readHint,
	subjectOf,
	topicOf,
} from "./hints.ts";
import { isTelling } from "./newest-run.ts";
import { recordDelivery } from "./store/deliveries.ts";
import { newestRunOf } from "./store/runs.ts";

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
			wakeWaiting(event, payload);
			const hint = readHint(event, payload);
			if (!hint) return "ignored";
			if (hint.kind === "replied" && !(await isAskedFor(db, hint)))
				return "ignored";
			// An event of one kind names no action.
			const { action = "" } = payload as { action?: string };
			const subject = subjectOf(hint);
			const isNew = await recordDelivery(db, {
				id,
				event,
				action,
				digest: sha256(`${event}\n${JSON.stringify(payload)}${once(hint, id)}`),
				...(subject ? { subject } : {}),
				topic: topicOf(hint),
				payload: hint,
			});
			if (isNew) wake();
			return isNew ? "recorded" : "known";
		},
	};
}

/** Who waits for a workflow's run looks again; nothing of it is kept. */
function wakeWaiting(event: string, payload: unknown): void {
	const { data } = Ended.safeParse(event === "workflow_run" && payload);
	if (data) wakeRun(data.workflow_run.id);
}

const Ended = z.object({
	action: z.literal("completed"),
	workflow_run: z.object({ id: z.number() }),
});

/**
 * GitHub counts in whole seconds: taken off, put on and taken off again within
 * one, a label is told of twice in the same words. Where things are asked anew,
 * a second hint does no harm, and a missed one would.
 */
const once = ({ kind }: Hint, id: string) => (ASKED_ANEW.has(kind) ? id : "");

const ASKED_ANEW: ReadonlySet<Hint["kind"]> = new Set([
	"unlabeled",
	"locked",
	"unlocked",
	"edited",
	"pull-moved",
	"pull-reverted",
	"pull-pushed",
	"pressed",
] as const);

/** What people tell each other on an issue is none of our business, and is not kept. */
async function isAskedFor(
	db: Database,
	{ repository, issue }: HintOf<"replied">,
): Promise<boolean> {
	const task = { repositoryId: repository.id, issue: issue.number };
	const run = await newestRunOf(db, task);
	if (!run) return false;
	return awaitsReply(run) || (run.phase === 1 && (await isTelling(db, run)));
}
