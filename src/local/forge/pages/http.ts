import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem } from "../problem.ts";
import type { Html } from "./html.ts";

const MOST_BYTES = 2 * 1024 * 1024;

/** Nothing but our own style sheet, script and forms: no text on a page can run or load anything. */
const POLICY = [
	"default-src 'none'",
	"style-src 'self'",
	"script-src 'self'",
	"connect-src 'self'",
	"img-src 'self' data:",
	"form-action 'self'",
	"base-uri 'none'",
	"frame-ancestors 'none'",
].join("; ");

const HEADERS = {
	"content-security-policy": POLICY,
	"x-content-type-options": "nosniff",
	// A stricter one would hide the origin of our own forms.
	"referrer-policy": "same-origin",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
};

/** A name that a web page elsewhere could have pointed at this machine is no loopback name. */
export function isLoopback(host: string | undefined): boolean {
	return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(host ?? "");
}

/** Whether a form was sent from our own pages, or by no browser at all. */
export function isOwnForm({ headers }: IncomingMessage): boolean {
	const { origin, host } = headers;
	const site = headers["sec-fetch-site"];
	if (site !== undefined && site !== "same-origin") return false;
	return origin === undefined || origin === `http://${host}`;
}

export async function readForm(
	request: IncomingMessage,
): Promise<URLSearchParams> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > MOST_BYTES) throw new Problem(413, "This is too much text");
		chunks.push(chunk);
	}
	return new URLSearchParams(Buffer.concat(chunks).toString());
}

export function sendPage(
	request: IncomingMessage,
	response: ServerResponse,
	status: number,
	page: Html,
): void {
	const text = page.toString();
	const hash = createHash("sha256").update(text).digest("base64url");
	const etag = `"${hash}"`;
	const same = status === 200 && request.headers["if-none-match"] === etag;
	response.writeHead(same ? 304 : status, {
		...HEADERS,
		"content-type": "text/html; charset=utf-8",
		"cache-control": "no-cache",
		vary: "cookie",
		etag,
	});
	response.end(same || request.method === "HEAD" ? undefined : text);
}

export function sendFile(
	response: ServerResponse,
	type: string,
	content: Buffer,
): void {
	response.writeHead(200, {
		...HEADERS,
		"content-type": `${type}; charset=utf-8`,
		"cache-control": "no-cache",
	});
	response.end(content);
}

/** After a form: on with a plain page, so that reloading repeats nothing. */
export function goTo(
	response: ServerResponse,
	address: string,
	person?: string,
): void {
	const cookie =
		person && `as=${encodeURIComponent(person)}; Path=/; SameSite=Strict`;
	response.writeHead(303, {
		...HEADERS,
		location: address,
		...(cookie && { "set-cookie": cookie }),
	});
	response.end();
}
