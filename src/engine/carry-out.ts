// Carries out what `advance` ordered. Everything here may happen twice: names
// are fixed, and the publisher finds what it wrote before.
import type { Publisher } from "../github/publisher.ts";
import type { PhaseTold } from "../run/advance.ts";
import type { Order } from "../run/order.ts";
import { commentOf } from "../run/review-ids.ts";
import type { Changed, Run } from "../run/run.ts";
import { renderChange } from "../views/changes.ts";
import {
	alreadyLive,
	renderReply,
	renderTrouble,
	replyTo,
} from "../views/replies.ts";
import { renderPullReply } from "../views/review-answers.ts";
import { renderStanding } from "../views/standing.ts";
import { apply } from "./apply.ts";
import { askForMerge } from "./ask-merge.ts";
import { isLasting } from "./back-off.ts";
import { failureOf } from "./failure.ts";
import { followStack } from "./follow-stack.ts";
import { commentSubject, type HintOf } from "./hints.ts";
import { moneyInFull } from "./money.ts";
import type { Parts } from "./parts.ts";
import type { PhaseRunner } from "./phase-runner.ts";
import { showEvaluation } from "./show-evaluation.ts";
import { showFindings } from "./show-findings.ts";
import { showStatus } from "./show-status.ts";
import type { AttemptKey } from "./store/attempts.ts";
import { payloadOf } from "./store/deliveries.ts";
import { readRun } from "./store/runs.ts";
import { type Telling, tellMerges, tellPhase } from "./tell-phase.ts";

export async function carryOut(
	parts: Parts,
	phases: PhaseRunner,
	runId: string,
	order: Order,
): Promise<void> {
	switch (order.do) {
		case "start-phase":
			return phases.start({ runId, ...order }, order.resolving);
		case "stop-phase":
			return phases.stop({ runId, ...order });
		case "show-status":
			return showStatus(parts, runId);
		case "tell-phase":
			return tellResult(parts, { runId, ...order }, order);
		case "answer":
			return answer(parts, runId, order);
		case "answer-press":
			return answerPress(parts, runId, order);
		case "show-findings":
			return showFindings(parts, runId, order.pulls);
		case "answer-review":
			return answerReview(parts, phases, { runId, ...order });
		case "reply-on-pull":
			return replyOnPull(parts, runId, order);
		case "tell-standing":
			return tellStanding(parts, runId, order.commentId);
		case "tell-change":
			return tellChange(parts, runId, order.change);
		case "tell-live":
			return tellLive(parts, runId, order.at);
		case "ask-merge":
			return askForMerge(parts, runId, order);
		case "follow-stack":
			return followStack(parts, runId);
		case "show-evaluation":
			return showEvaluation(parts, runId);
		case "tell-merges":
			return tellMerges(parts, runId);
		case "close-issue":
			return publishing(parts, runId, (run, publisher) =>
				publisher.closeIssue(run.issue.number),
			);
		case "tell-trouble":
			return tellTrouble(parts, runId, order);
	}
}

/** Told or refused for good: the run hears of it, and its status shows it. */
async function tellResult(
	parts: Parts,
	key: AttemptKey,
	{ seconds, usd }: Telling,
): Promise<void> {
	const settle = (comment: PhaseTold["comment"]) => {
		const { runId, phase, attempt } = key;
		const told = { type: "phase-told", phase, attempt, comment } as const;
		return apply(parts, runId, told);
	};
	try {
		const { url } = await tellPhase(parts, key, { seconds, usd });
		await settle({ ok: true, url });
	} catch (error) {
		if (!isLasting(error)) throw error;
		parts.log.error({ ...key, error }, "a phase's result cannot be shown");
		const { message } = failureOf(error, parts.secrets);
		await settle({ ok: false, reason: message });
	}
}

/** For a run that is still known, with the publisher of its repository. */
async function publishing(
	parts: Parts,
	runId: string,
	work: (run: Run, publisher: Publisher) => Promise<unknown>,
): Promise<void> {
	const run = await readRun(parts.db, runId);
	if (run) await work(run, parts.connect(run.repository, run.id).publisher);
}

const answer = (
	parts: Parts,
	runId: string,
	{ commentId, reaction, reply }: Extract<Order, { do: "answer" }>,
) =>
	publishing(parts, runId, async (run, publisher) => {
		await publisher.react(commentId, reaction);
		if (reply)
			await publisher.comment(
				run.issue.number,
				`comment-${commentId}`,
				renderReply(commentId, await askerOf(parts, run, commentId), reply),
			);
	});

const answerPress = (
	parts: Parts,
	runId: string,
	{ key, by, reply }: Extract<Order, { do: "answer-press" }>,
) =>
	publishing(parts, runId, (run, publisher) =>
		publisher.comment(run.issue.number, key, replyTo(key, by, reply)),
	);

/** Until it has ended no phase is started: both would move the same branches. */
async function answerReview(
	parts: Parts,
	phases: PhaseRunner,
	{ runId, phase, attempt }: AttemptKey,
): Promise<void> {
	const key = { runId, phase, attempt };
	await phases.answer(key);
	// Does nothing where it told its run.
	await apply(parts, runId, {
		...{ type: "phase-failed", ...key, at: new Date().toISOString() },
		failure: {
			kind: "internal",
			message:
				"The work on it ended without a word, most likely because Modelwright was updated meanwhile.",
		},
	});
}

const replyOnPull = (
	parts: Parts,
	runId: string,
	{ review, pull, by, reply }: Extract<Order, { do: "reply-on-pull" }>,
) =>
	publishing(parts, runId, async (_, publisher) => {
		const commentId = commentOf(review);
		if (commentId) await publisher.react(commentId, "confused");
		const key = `${review}-refused`;
		await publisher.comment(pull, key, renderPullReply(key, by, reply));
	});

const tellStanding = (parts: Parts, runId: string, commentId: number) =>
	publishing(parts, runId, async (run, publisher) =>
		publisher.comment(
			run.issue.number,
			`comment-${commentId}`,
			renderReply(
				commentId,
				await askerOf(parts, run, commentId),
				renderStanding(run, parts, await moneyInFull(parts.db, run)),
			),
		),
	);

const tellChange = (parts: Parts, runId: string, change: Changed) =>
	publishing(parts, runId, (run, publisher) => {
		const key = `change-${change.what}-${change.at}`.replaceAll(" ", "-");
		const text = renderChange(key, change, run);
		return publisher.comment(run.issue.number, key, text);
	});

const tellLive = (parts: Parts, runId: string, at: string) =>
	publishing(parts, runId, (run, publisher) =>
		publisher.comment(run.issue.number, `live-${at}`, alreadyLive(run)),
	);

const tellTrouble = (
	parts: Parts,
	runId: string,
	{ phase, attempt, failure }: Extract<Order, { do: "tell-trouble" }>,
) =>
	publishing(parts, runId, async (run, publisher) => {
		// Answered already: nobody needs to be asked any more.
		if (run.gate?.name !== "trouble" || run.gate.attempt !== attempt) return;
		const { command } = run.gate;
		await publisher.comment(
			run.issue.number,
			`trouble-${phase}-${attempt}`,
			renderTrouble({ run, phase, attempt, failure, command }),
		);
	});

/** Who gave the command, as its delivery said. */
async function askerOf({ db }: Parts, run: Run, commentId: number) {
	const subject = commentSubject(run.repository.id, commentId);
	const hint = (await payloadOf(db, subject)) as
		| HintOf<"commented" | "commented-on-pull" | "replied">
		| undefined;
	return hint?.sender ?? run.requestedBy;
}
