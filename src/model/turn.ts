// One turn of a conversation: wait for a place, promise the money, ask, account.

import { setTimeout as sleep } from "node:timers/promises";
import type Anthropic from "@anthropic-ai/sdk";
import { type Attempt, attempt, type Reply } from "./attempt.ts";
import type { ModelFailure } from "./faults.ts";
import type { Ledger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { lengthOf, type Prompt } from "./messages.ts";
import { costOf, worstCaseOf } from "./pricing.ts";
import type { Semaphores } from "./semaphore.ts";

export interface TurnRequest {
	/** Requests are limited per installation. */
	readonly installation: string;
	readonly conversation: string;
	readonly turn: number;
	readonly agent: string;
	readonly prompt: Prompt;
	readonly ledger: Ledger;
	readonly signal: AbortSignal;
}

/** `usd` counts broken attempts too, by estimate. */
export type TurnResult =
	| { readonly ok: true; readonly reply: Reply; readonly usd: number }
	| {
			readonly ok: false;
			readonly failure: ModelFailure;
			readonly usd: number;
	  };

export interface TurnSettings {
	readonly client: Anthropic;
	readonly places: Semaphores;
	readonly deadlineMs: number;
	readonly backoffMs: number;
	readonly log: Log;
}

/** On top of the SDK's own retries, which end where the stream begins. */
const ATTEMPTS = 3;

/** Must not throw, except the reason of the request's signal once that is aborted. */
export async function takeTurn(
	settings: TurnSettings,
	request: TurnRequest,
): Promise<TurnResult> {
	let usd = 0;
	for (let tried = 1; ; tried++) {
		const outcome = await settings.places.run(
			request.installation,
			() => paidAttempt(settings, request),
			request.signal,
		);
		usd += outcome.usd;
		const { conversation, turn } = request;
		const { requestId } = outcome;
		if (outcome.ok) {
			settings.log.info(
				{ conversation, turn, requestId, usd },
				"the model answered",
			);
			return { ok: true, reply: outcome.reply, usd };
		}
		request.signal.throwIfAborted();
		settings.log.warn(
			{ conversation, turn, tried, requestId, failure: outcome.failure },
			"a model request failed",
		);
		if (!outcome.again || tried === ATTEMPTS)
			return { ok: false, failure: outcome.failure, usd };
		await sleep(settings.backoffMs * 2 ** (tried - 1), undefined, {
			signal: request.signal,
		}).catch(() => request.signal.throwIfAborted());
	}
}

type PaidAttempt = { usd: number; requestId?: string } & (
	| { ok: true; reply: Reply }
	| { ok: false; failure: ModelFailure; again: boolean }
);

async function paidAttempt(
	settings: TurnSettings,
	request: TurnRequest,
): Promise<PaidAttempt> {
	const { prompt, ledger, conversation, turn, agent, signal } = request;
	const reserved = await ledger
		.reserve({
			conversation,
			turn,
			agent,
			model: prompt.model,
			reservedUsd: worstCaseOf(
				prompt.model,
				lengthOf(prompt),
				prompt.maxTokens,
			),
		})
		.catch((error: unknown) => unreachable(settings.log, error));
	if (!reserved.ok) return { ...reserved, again: false, usd: 0 };
	const { deadlineMs, client } = settings;
	const made = await attempt(client, prompt, { agent, deadlineMs, signal });
	const usage = made.ok ? made.reply.usage : made.usage;
	const usd = costOf(prompt.model, usage);
	// A paid answer is worth more than its entry: the reservation then stands.
	await ledger
		.settle(reserved.id, { usage, usd })
		.catch((error: unknown) =>
			settings.log.error({ error, conversation, turn }, "not settled"),
		);
	return resultOf(made, usd);
}

function resultOf(made: Attempt, usd: number): PaidAttempt {
	const { requestId } = made;
	const paid = requestId ? { requestId, usd } : { usd };
	if (made.ok) return { ok: true, reply: made.reply, ...paid };
	return { ok: false, ...made.fault, ...paid };
}

function unreachable(log: Log, error: unknown) {
	log.error({ error }, "the ledger cannot be reached");
	const failure: ModelFailure = {
		kind: "internal",
		message:
			"The cost ledger could not be reached, so nothing was asked of the model.",
	};
	return { ok: false as const, failure };
}
