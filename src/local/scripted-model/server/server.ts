// A Messages API on the loopback interface whose answers are scripted.
import { randomUUID } from "node:crypto";
import {
	createServer,
	type IncomingMessage,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { answerMessages, type Desk } from "./answering.ts";
import { PromptCache, promptSize } from "./cache.ts";
import type { Fault } from "./faults.ts";
import {
	Journal,
	type JournalEntry,
	type Totals,
	totalsOf,
} from "./journal.ts";
import { MODELS, modelInfo } from "./models.ts";
import { headerFault, refuse, sendJson } from "./refusals.ts";
import type { Answering } from "./reply.ts";
import { type Rule, RuleBook } from "./rules.ts";
import type { WireRequest } from "./wire.ts";

const MAX_BODY_BYTES = 32 * 1024 * 1024;

export interface ScriptedModelOptions {
	/** 0 or nothing: any free one. */
	port?: number;
	rules: Rule[];
	/** Answers what no rule matches; without it that is a 400. */
	fallback?: Answering;
	/** In tokens; otherwise the model's own. */
	contextWindow?: number;
	/** From a request's arrival to its first byte. */
	latencyMs?: number;
	/** A JSONL file to append each entry to; `readJournal` reads it. */
	journalFile?: string;
	/** The prompt cache's clock. */
	now?: () => number;
}

export interface ScriptedModel {
	readonly url: string;
	readonly journal: readonly JournalEntry[];
	/** May be changed at any time. */
	readonly rules: Rule[];
	totals(): Totals;
	/** Spoils the next request, whatever its rule says. */
	failNext(fault: Fault): void;
	close(): Promise<void>;
}

export async function startScriptedModel(
	options: ScriptedModelOptions,
): Promise<ScriptedModel> {
	const desk: Desk = {
		book: new RuleBook(options.rules),
		cache: new PromptCache(options.now),
		journal: new Journal(options.journalFile),
		upcoming: [],
		open: new Set(),
		fallback: options.fallback,
		contextWindow: options.contextWindow,
		latencyMs: options.latencyMs ?? 0,
	};
	const server = createServer((req, res) => {
		res.setHeader("request-id", `req_${randomUUID().replaceAll("-", "")}`);
		route(desk, req, res).catch((error: unknown) => {
			if (res.headersSent) res.destroy();
			else refuse(res, { status: 500, message: String(error) });
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port ?? 0, "127.0.0.1", resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		journal: desk.journal.entries,
		rules: desk.book.rules,
		totals: () => totalsOf(desk.journal.entries),
		failNext: (fault) => void desk.upcoming.push(fault),
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await Promise.all([closed, ...desk.open]);
		},
	};
}

async function route(desk: Desk, req: IncomingMessage, res: ServerResponse) {
	const text = await readBody(req);
	const fault = headerFault(req.headers);
	if (fault) return refuse(res, fault);
	const path = (req.url ?? "/").split("?")[0] as string;
	if (req.method === "GET" && path.startsWith("/v1/models"))
		return sendModels(res, path);
	const isMessages = path === "/v1/messages";
	if (
		req.method !== "POST" ||
		!(isMessages || path === "/v1/messages/count_tokens")
	)
		return refuse(res, {
			status: 404,
			message: `Not Found: ${req.method} ${path}`,
		});
	if (text === undefined)
		return refuse(res, {
			status: 413,
			message: "Request exceeds the maximum size",
		});
	const body = parse(text);
	if (typeof body === "string")
		return refuse(res, { status: 400, message: body });
	if (isMessages)
		return answerMessages(desk, req, res, body, Buffer.byteLength(text));
	return sendJson(res, 200, { input_tokens: promptSize(body) });
}

function sendModels(res: ServerResponse, path: string) {
	const id = path.slice("/v1/models/".length);
	const card = MODELS[id];
	if (card) return sendJson(res, 200, modelInfo(id, card));
	if (id) return refuse(res, { status: 404, message: `model: ${id}` });
	const data = Object.entries(MODELS).map(([id, card]) => modelInfo(id, card));
	return sendJson(res, 200, {
		data,
		has_more: false,
		first_id: data[0]?.id,
		last_id: data.at(-1)?.id,
	});
}

/** undefined: more than the API takes. */
async function readBody(req: IncomingMessage): Promise<string | undefined> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of req as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
	}
	return bytes > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString();
}

/** The request, or what keeps it from being one. */
function parse(text: string): WireRequest | string {
	let body: WireRequest;
	try {
		body = JSON.parse(text);
	} catch {
		return "The request body is not valid JSON";
	}
	if (typeof body?.model !== "string") return "model: Field required";
	if (!Array.isArray(body.messages)) return "messages: Field required";
	const isMessage = (m: unknown) =>
		typeof (m as { role?: unknown })?.role === "string" &&
		["string", "object"].includes(typeof (m as { content?: unknown }).content);
	const wrong = body.messages.findIndex((message) => !isMessage(message));
	return wrong < 0 ? body : `messages.${wrong}: role and content are required`;
}
