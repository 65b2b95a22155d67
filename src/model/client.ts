// The language model, as the rest of the house knows it.
import Anthropic from "@anthropic-ai/sdk";
import { idleFetch } from "./idle-fetch.ts";
import type { Log } from "./log.ts";
import { refuseLongWaits } from "./long-wait.ts";
import { makeSemaphores } from "./semaphore.ts";
import { type TurnRequest, type TurnResult, takeTurn } from "./turn.ts";

export interface Model {
	/** Must not throw, except the reason of the request's signal once that is aborted. */
	turn(request: TurnRequest): Promise<TurnResult>;
}

export interface ModelSettings {
	readonly apiKey: string;
	/** Any host that speaks the Messages protocol; the SDK's own when absent. */
	readonly baseUrl?: string;
	/** Requests at once per installation. */
	readonly concurrency?: number;
	/** Silence after which a stream counts as dead. */
	readonly idleMs?: number;
	/** The longest one request may take, retries of the SDK included. */
	readonly deadlineMs?: number;
	/** Pause before our own second attempt; doubled before the third. */
	readonly backoffMs?: number;
	readonly log: Log;
}

/** The specification lets three agents work side by side. */
const LEAST_CONCURRENCY = 3;

export function makeModel(settings: ModelSettings): Model {
	const {
		apiKey,
		baseUrl,
		concurrency = 4,
		idleMs = 120_000,
		deadlineMs = 20 * 60_000,
		backoffMs = 1_000,
		log,
	} = settings;
	const client = new Anthropic({
		apiKey,
		authToken: null,
		...(baseUrl ? { baseURL: baseUrl } : {}),
		maxRetries: 4,
		timeout: idleMs,
		fetch: idleFetch(idleMs, refuseLongWaits(fetch)),
		logLevel: "off",
		openTelemetry: false,
	});
	const places = makeSemaphores(Math.max(LEAST_CONCURRENCY, concurrency));
	return {
		turn: (request) =>
			takeTurn({ client, places, deadlineMs, backoffMs, log }, request),
	};
}
