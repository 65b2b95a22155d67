// POST /v1/messages: check, match, spoil if asked, send, and keep record.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type PromptCache, promptSize } from "./cache.ts";
import { digestOf } from "./canonical.ts";
import {
	type Fault,
	isResponseFault,
	isStreamFault,
	type ResponseFault,
	spoil,
	truncate,
} from "./faults.ts";
import { historyFault } from "./history.ts";
import type { Journal, JournalEntry } from "./journal.ts";
import { compose } from "./message.ts";
import { MODELS, type ModelCard } from "./models.ts";
import { parameterFault } from "./parameters.ts";
import { type Refusal, refuse, sendJson } from "./refusals.ts";
import { type Answering, asReply, type Reply, think } from "./reply.ts";
import { type ModelRequest, readRequest } from "./request.ts";
import type { Match, RuleBook } from "./rules.ts";
import { signatureFault } from "./signatures.ts";
import { eventsOf, sendEvents } from "./sse.ts";
import type { WireRequest } from "./wire.ts";

export interface Desk {
	book: RuleBook;
	cache: PromptCache;
	journal: Journal;
	/** Faults for the next requests, in order. */
	upcoming: Fault[];
	/** Requests whose connections are not done with. */
	open: Set<Promise<void>>;
	fallback: Answering | undefined;
	contextWindow: number | undefined;
	latencyMs: number;
}

/** One request on its way. */
interface Exchange {
	id: string;
	body: WireRequest;
	request: ModelRequest;
	model: ModelCard;
	res: ServerResponse;
	entry: JournalEntry;
}

export async function answerMessages(
	desk: Desk,
	req: IncomingMessage,
	res: ServerResponse,
	body: WireRequest,
	bytes: number,
): Promise<void> {
	const request = readRequest(body, req.headers);
	const id = String(res.getHeader("request-id"));
	const entry = newEntry(id, desk.journal.entries.length + 1, body, request);
	entry.bytes = bytes;
	entry.retry = Number(req.headers["x-stainless-retry-count"] ?? 0);
	const started = performance.now();
	desk.journal.arrived(entry);
	const ended = new Promise<void>((resolve) => {
		res.on("close", () => {
			entry.ms = Math.round(performance.now() - started);
			desk.journal.ended(entry);
			desk.open.delete(ended);
			resolve();
		});
	});
	desk.open.add(ended);

	const refusal = requestFault(body, desk.contextWindow);
	if (refusal) return refuseIt(res, entry, refusal);
	const model = MODELS[body.model] as ModelCard;
	await answer(desk, { id, body, request, model, res, entry });
}

async function answer(desk: Desk, exchange: Exchange): Promise<void> {
	const { body, request, res, entry } = exchange;
	const upcoming = desk.upcoming.shift();
	const match: Match | undefined =
		body.max_tokens === 0
			? {
					name: "cache warming",
					reply: [],
					...(upcoming && { fault: upcoming }),
				}
			: desk.book.match(request, upcoming);
	const fault = match?.fault;
	entry.rule = match?.name || "fallback";
	if (fault) entry.fault = fault.kind;
	if (fault && isResponseFault(fault)) return misanswer(exchange, fault);
	let reply: Reply;
	try {
		reply = await replyTo(request, match?.reply ?? desk.fallback);
	} catch (error) {
		return refuseIt(res, entry, {
			status: 400,
			message: scriptError(entry, error),
		});
	}
	await send(desk, exchange, spoil(finish(reply, exchange), fault), fault);
}

async function replyTo(
	request: ModelRequest,
	answering: Answering | undefined,
) {
	if (answering === undefined)
		throw new Error(
			`no rule matches turn ${request.turn} of ${request.agent} (phase ${request.phase ?? "unknown"}); add a rule or a fallback`,
		);
	return asReply(
		typeof answering === "function" ? await answering(request) : answering,
	);
}

/** A fault of a script is a 400: the client must not try it again. */
const scriptError = (entry: JournalEntry, error: unknown) =>
	`scripted model, rule "${entry.rule}": ${error instanceof Error ? error.message : error}`;

/** What the model adds to and takes from every script: thoughts and a limit. */
function finish(reply: Reply, { body, model }: Exchange): Reply {
	if (body.max_tokens === 0) return { content: [], stopReason: "max_tokens" };
	const thinks = reply.content.some((block) => block.type === "thinking");
	const content =
		thinks || !model.alwaysThinks
			? reply.content
			: [think(""), ...reply.content];
	return truncate({ ...reply, content }, body.max_tokens);
}

async function send(
	desk: Desk,
	{ id, body, model, res, entry }: Exchange,
	reply: Reply,
	fault: Fault | undefined,
): Promise<void> {
	const cached = desk.cache.look(body, model.minCacheTokens);
	const composed = compose(id, body, reply, cached);
	const slow = fault?.kind === "slow" ? fault : undefined;
	await sleep(slow?.firstByteMs ?? desk.latencyMs);
	if (res.destroyed) return;
	cached.publish();
	entry.status = 200;
	entry.usage = composed.message.usage;
	entry.stopReason = composed.message.stop_reason;
	if (!body.stream) {
		sendJson(res, 200, composed.message);
		entry.complete = true;
		return;
	}
	res.writeHead(200, {
		"content-type": "text/event-stream; charset=utf-8",
		"cache-control": "no-cache",
	});
	entry.complete = await sendEvents(
		res,
		eventsOf(composed, slow?.chunkCharacters),
		fault && isStreamFault(fault) ? fault : undefined,
		slow,
	);
}

function misanswer({ res, entry }: Exchange, fault: ResponseFault): void {
	if (fault.kind === "hang") return;
	if (fault.kind === "reset") {
		res.socket?.resetAndDestroy();
		return;
	}
	if (fault.kind === "html") {
		entry.status = fault.status ?? 200;
		res.writeHead(entry.status, { "content-type": "text/html" });
		res.end(fault.html);
		return;
	}
	refuseIt(res, entry, {
		message: "the scripted model was told to fail",
		...fault,
	});
}

function refuseIt(res: ServerResponse, entry: JournalEntry, refusal: Refusal) {
	entry.status = refusal.status;
	entry.error = refusal.message;
	refuse(res, refusal);
}

function requestFault(
	body: WireRequest,
	contextWindow: number | undefined,
): Refusal | undefined {
	const model = MODELS[body.model];
	if (!model) return { status: 404, message: `model: ${body.model}` };
	const message =
		parameterFault(body, model) ??
		historyFault(body.messages) ??
		signatureFault(body) ??
		sizeFault(promptSize(body), contextWindow ?? model.contextWindow);
	return message === undefined ? undefined : { status: 400, message };
}

const sizeFault = (tokens: number, limit: number) =>
	tokens > limit
		? `prompt is too long: ${tokens} tokens > ${limit} maximum`
		: undefined;

function newEntry(
	id: string,
	n: number,
	body: WireRequest,
	request: ModelRequest,
): JournalEntry {
	return {
		id,
		n,
		time: new Date().toISOString(),
		agent: request.agent,
		...(request.phase === undefined ? {} : { phase: request.phase }),
		turn: request.turn,
		model: body.model,
		streamed: body.stream === true,
		bytes: 0,
		retry: 0,
		digest: digestOf(body.messages),
		status: 0,
		complete: false,
	};
}
