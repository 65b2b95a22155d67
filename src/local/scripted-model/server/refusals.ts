// The API's error bodies, and what every request must bring.
import type { IncomingHttpHeaders, ServerResponse } from "node:http";

const TYPES: Record<number, string> = {
	400: "invalid_request_error",
	401: "authentication_error",
	402: "billing_error",
	403: "permission_error",
	404: "not_found_error",
	413: "request_too_large",
	429: "rate_limit_error",
	500: "api_error",
	504: "timeout_error",
	529: "overloaded_error",
};

export interface Refusal {
	status: number;
	message: string;
	type?: string;
	headers?: Record<string, string>;
}

export function headerFault(headers: IncomingHttpHeaders): Refusal | undefined {
	if (!headers["x-api-key"] && !headers.authorization)
		return { status: 401, message: "x-api-key header is required" };
	if (!headers["anthropic-version"])
		return { status: 400, message: "anthropic-version: header is required" };
	return undefined;
}

export function sendJson(res: ServerResponse, status: number, body: unknown) {
	res.writeHead(status, { "content-type": "application/json" });
	res.end(JSON.stringify(body));
}

export function refuse(res: ServerResponse, refusal: Refusal): void {
	const { status, message, type = TYPES[status] ?? "api_error" } = refusal;
	for (const [name, value] of Object.entries(refusal.headers ?? {}))
		res.setHeader(name, value);
	const request_id = res.getHeader("request-id");
	sendJson(res, status, {
		type: "error",
		error: { type, message },
		request_id,
	});
}
