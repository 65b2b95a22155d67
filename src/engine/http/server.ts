// The HTTP server: health for whoever watches, a limit on what strangers may
// send, and the rest for the handler.
import {
	createServer,
	type IncomingMessage,
	type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

export interface HttpOptions {
	readonly port: number;
	/** All interfaces when absent. */
	readonly host?: string;
	/** Whether work can be taken in now, with figures for whoever watches. */
	readonly readiness: () => Promise<Readiness>;
	/** Answers everything else; the body, if any, is in `request.body`. */
	readonly handle: (
		request: WithBody,
		response: ServerResponse,
	) => Promise<unknown>;
	readonly onError: (error: unknown) => void;
}

/** Where Probot looks for a body that was read before. */
export type WithBody = IncomingMessage & { body?: string };

export interface Readiness {
	readonly ready: boolean;
	readonly [fact: string]: unknown;
}

export interface HttpServer {
	readonly port: number;
	/** Takes nothing new, and lets what is being answered end. */
	stop(): Promise<void>;
}

/** The largest payload GitHub sends. */
const MOST_BYTES = 25 * 1_024 * 1_024;
const STOP_PATIENCE_MS = 3_000;

export async function startHttpServer(
	options: HttpOptions,
): Promise<HttpServer> {
	const server = createServer((request, response) => {
		answer(request as WithBody, response, options).catch((error) => {
			options.onError(error);
			if (!response.headersSent) say(response, 500, "Something went wrong.");
			else response.destroy();
		});
	});
	server.requestTimeout = 60_000;
	server.headersTimeout = 10_000;
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(options.port, options.host, resolve);
	});
	return {
		port: (server.address() as AddressInfo).port,
		async stop() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeIdleConnections();
			const timer = setTimeout(
				() => server.closeAllConnections(),
				STOP_PATIENCE_MS,
			);
			await closed;
			clearTimeout(timer);
		},
	};
}

async function answer(
	request: WithBody,
	response: ServerResponse,
	{ readiness, handle }: HttpOptions,
): Promise<void> {
	const path = request.url?.split("?", 1)[0];
	if (path === "/healthz") return say(response, 200, "alive");
	if (path === "/readyz") {
		const now = await readiness();
		return say(response, now.ready ? 200 : 503, JSON.stringify(now), "json");
	}
	const body = await readBody(request);
	if (body === undefined) {
		response.setHeader("connection", "close");
		return say(response, 413, `At most ${MOST_BYTES} bytes are taken.`);
	}
	if (request.method === "POST") request.body = body;
	await handle(request, response);
}

/** undefined when it is too long; the rest of it is not read then. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
	if (Number(request.headers["content-length"]) > MOST_BYTES) return undefined;
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request) {
		bytes += (chunk as Buffer).length;
		if (bytes > MOST_BYTES) return undefined;
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks).toString("utf8");
}

export function say(
	response: ServerResponse,
	status: number,
	body: string,
	kind: "plain" | "html" | "json" = "plain",
): void {
	const type = kind === "json" ? "application/json" : `text/${kind}`;
	response.writeHead(status, {
		"content-type": `${type}; charset=utf-8`,
		"x-content-type-options": "nosniff",
	});
	response.end(body);
}
