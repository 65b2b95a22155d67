import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate } from "../auth.ts";
import type { Answer } from "../call.ts";
import { answerGraphql } from "../graphql/answer.ts";
import { bodyOf, type Performed, perform } from "../perform.ts";
import { notFound, Problem } from "../problem.ts";
import type { Caller, World } from "../world.ts";
import { countCall } from "./rate-limit.ts";

const MOST_BYTES = 100 * 1024 * 1024;

const ROOT =
	/^\/api\/(?:v3|graphql)(?=\/|$)|^\/(?:repos|app|user|users|installation|rate_limit|graphql)(?=\/|$)/;

/** The path below the API's root, or null when the request is for a page. */
export function matchApi(request: IncomingMessage, url: URL): string | null {
	const { pathname } = url;
	if (pathname === "/")
		return /json|vnd\.github/.test(request.headers.accept ?? "") ? "/" : null;
	if (!ROOT.test(pathname)) return null;
	if (pathname === "/api/graphql") return "/graphql";
	return pathname.replace(/^\/api\/v3/, "") || "/";
}

export async function serveApi(
	world: World,
	path: string,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
): Promise<void> {
	let caller: Caller | null = null;
	let done: Performed;
	try {
		caller = authenticate(world, request.headers.authorization);
		const body = await readJson(request);
		done = await route(world, caller, path, request, url, body);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		done = { answer: bodyOf(error), outbox: [] };
	}
	write(world, caller, request, response, done.answer);
	world.courier.send(done.outbox);
}

async function route(
	world: World,
	caller: Caller,
	path: string,
	request: IncomingMessage,
	url: URL,
	body: unknown,
): Promise<Performed> {
	const method = request.method ?? "GET";
	if (path === "/graphql" && method === "POST")
		return answerGraphql(world, caller, body);
	const match = world.contract.match(method, path);
	if (!match) {
		const what = `${method} ${path}`;
		const faults = ["the forge serves no such operation"];
		world.violations.push({ where: "request", what, faults });
		throw notFound();
	}
	const accept = request.headers.accept ?? "";
	const query = url.searchParams;
	return perform(world, { ...match, path, query, body, accept, caller });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > MOST_BYTES) throw new Problem(413, "Payload Too Large");
		chunks.push(chunk);
	}
	if (size === 0) return undefined;
	try {
		return JSON.parse(Buffer.concat(chunks).toString());
	} catch {
		throw new Problem(400, "Problems parsing JSON");
	}
}

function write(
	world: World,
	caller: Caller | null,
	request: IncomingMessage,
	response: ServerResponse,
	answer: Answer,
): void {
	const { status, raw } = answer;
	const text = answer.body === undefined ? "" : JSON.stringify(answer.body);
	const content = raw?.content ?? text;
	const headers: Record<string, string> = {
		server: "github.com",
		"content-type": raw?.type ?? "application/json; charset=utf-8",
		"x-github-media-type": "github.v3; format=json",
		"x-github-request-id": randomUUID().toUpperCase(),
		vary: "Accept, Authorization",
		...answer.headers,
	};
	let code = status;
	if (request.method === "GET" && status === 200) {
		const hash = createHash("sha256").update(content).digest("hex");
		headers.etag = `W/"${hash}"`;
		headers["cache-control"] = "private, max-age=60, s-maxage=60";
		if (matches(request.headers["if-none-match"], headers.etag)) code = 304;
	}
	// An unchanged answer costs nothing of the hour's allowance.
	Object.assign(headers, countCall(world, caller, code === 304 ? 0 : 1));
	response.writeHead(code, headers);
	response.end(code === 304 ? undefined : content);
}

function matches(asked: string | undefined, etag: string): boolean {
	const strong = (tag: string): string => tag.trim().replace(/^W\//, "");
	return (asked ?? "").split(",").some((tag) => strong(tag) === strong(etag));
}
