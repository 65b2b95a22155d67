// What a failed call means, for whoever has to act on it.
import { callOf } from "./permissions.ts";

export interface GitHubFault {
	readonly kind:
		| "limited"
		| "unavailable"
		| "unauthorized"
		| "forbidden"
		| "missing"
		| "refused";
	readonly status: number;
	/** One or two sentences for people: what happened, what to do. */
	readonly message: string;
	/** Set when GitHub asked us to wait. */
	readonly waitSeconds?: number;
}

interface RequestError {
	readonly status: number;
	readonly message: string;
	readonly request?: { readonly method: string; readonly url: string };
	readonly response?: {
		readonly headers: Readonly<Record<string, unknown>>;
	};
}

const isRequestError = (error: unknown): error is RequestError =>
	error instanceof Error &&
	typeof (error as Partial<RequestError>).status === "number";

export const statusOf = (error: unknown): number | undefined =>
	isRequestError(error) ? error.status : undefined;

/** It may have been done nevertheless: the answer got lost, or GitHub stumbled. */
export const isUncertain = (error: unknown): boolean =>
	!isRequestError(error) || error.status >= 500;

/** GitHub advises a minute where it does not say how long a limit lasts. */
const USUAL_WAIT = 60;

/** How long GitHub wants us to wait; undefined when this is no rate limit. */
export function waitOf(error: unknown, now = Date.now()): number | undefined {
	if (!isRequestError(error)) return undefined;
	if (error.status !== 403 && error.status !== 429) return undefined;
	const headers = error.response?.headers ?? {};
	const after = Number(headers["retry-after"]);
	if (headers["retry-after"] !== undefined && Number.isFinite(after))
		return Math.max(0, after);
	if (String(headers["x-ratelimit-remaining"]) === "0") {
		const reset = Number(headers["x-ratelimit-reset"]) || 0;
		return Math.max(1, Math.ceil(reset - now / 1_000) + 1);
	}
	const limited =
		error.status === 429 || /secondary rate limit/i.test(error.message);
	return limited ? USUAL_WAIT : undefined;
}

/** undefined when `error` did not come from a call to GitHub. Must not throw. */
export function faultOf(error: unknown): GitHubFault | undefined {
	if (!isRequestError(error)) return undefined;
	const { status, request } = error;
	const what = request ? `${request.method} ${pathOf(request.url)}` : "a call";
	const waitSeconds = waitOf(error);
	if (waitSeconds !== undefined)
		return {
			kind: "limited",
			status,
			waitSeconds,
			message: `GitHub's rate limit stopped ${what}; it asks to wait ${waitSeconds} s.`,
		};
	const kind = kindOf(status);
	return {
		kind,
		status,
		message: `${MESSAGES[kind](what, status)}${lack(error)}`,
	};
}

function kindOf(status: number): Exclude<GitHubFault["kind"], "limited"> {
	if (status >= 500) return "unavailable";
	if (status === 401) return "unauthorized";
	if (status === 403) return "forbidden";
	return status === 404 || status === 410 ? "missing" : "refused";
}

const MESSAGES: Record<
	Exclude<GitHubFault["kind"], "limited">,
	(what: string, status: number) => string
> = {
	unavailable: (what, status) =>
		`GitHub answered ${status} to ${what}, several times.`,
	unauthorized: (what) =>
		`GitHub did not accept this app's credentials for ${what}: check its private key, and that the app is still installed.`,
	forbidden: (what) => `GitHub did not allow ${what}.`,
	missing: (what) =>
		`GitHub found nothing at ${what}: it was deleted, or the app has no access to it.`,
	refused: (what, status) => `GitHub refused ${what} with ${status}.`,
};

/** Installations keep their old permissions until an owner accepts new ones. */
function lack({ status, message, request }: RequestError): string {
	if (status !== 403 || !/not accessible by integration/i.test(message))
		return "";
	const needs = request && callOf(request.method, request.url)?.needs;
	return ` The installation lacks a permission${needs ? ` (${needs})` : ""}: an owner has to accept this app's permissions in the settings of the installation.`;
}

const pathOf = (url: string) =>
	url.replace(/^https?:\/\/[^/]+/, "").split("?", 1)[0];
