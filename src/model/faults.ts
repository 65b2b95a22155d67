// What went wrong with a request, what can be done about it, and how to say it.
import {
	APIConnectionError,
	APIError,
	APIUserAbortError,
	AuthenticationError,
	BadRequestError,
	ContentTooLargeError,
	PaymentRequiredError,
	PermissionDeniedError,
} from "@anthropic-ai/sdk";
import type { Failure } from "../run/run.ts";
import { LONGEST_WAIT_SECONDS, waitAskedFor } from "./long-wait.ts";

/** A failure of the model service; `retryAfterSeconds` says when to come back. */
export interface ModelFailure extends Failure {
	readonly retryAfterSeconds?: number;
}

export interface Fault {
	readonly failure: ModelFailure;
	/** Sending the same request once more may help. */
	readonly again: boolean;
}

/** Must not throw, whatever was thrown at it. */
export function classify(error: unknown): Fault {
	// An abort that is not the caller's is our own deadline.
	if (!(error instanceof APIError) || error instanceof APIUserAbortError)
		return broken();
	if (error instanceof APIConnectionError)
		return later("The model service cannot be reached.");
	const where = reference(error);
	if (
		error instanceof AuthenticationError ||
		error instanceof PermissionDeniedError
	)
		return final(
			"authentication",
			`The model service refused this server's key${where}. The operator must set a valid ANTHROPIC_API_KEY; nothing done so far is lost.`,
		);
	if (isBilling(error))
		return final(
			"authentication",
			`The model service declines for reasons of billing or a spend limit${where}. The operator must look at the account; nothing done so far is lost.`,
		);
	if (error instanceof ContentTooLargeError || isTooLong(error))
		return final(
			"context overflow",
			`The conversation became too long for the model${where}.`,
		);
	const wait = error.headers && waitAskedFor(error.headers);
	if (wait !== undefined && wait > LONGEST_WAIT_SECONDS)
		return postponed(Math.ceil(wait), where);
	if (isPassing(error))
		return later(`The model service is overloaded or out of order${where}.`);
	return final(
		"internal",
		`The model service did not accept our request${where}: ${firstWords(error.apiMessage)}`,
	);
}

/** A stream that broke, or an answer that is no message: the turn has no effects yet. */
export const broken = (): Fault =>
	later("The model's answers broke off before they were complete.");

const later = (message: string): Fault => ({
	failure: { kind: "overloaded", message },
	again: true,
});

const final = (kind: Failure["kind"], message: string): Fault => ({
	failure: { kind, message },
	again: false,
});

const postponed = (seconds: number, where: string): Fault => ({
	failure: {
		kind: "overloaded",
		message: `The model service asks to wait ${Math.ceil(seconds / 60)} minutes${where}.`,
		retryAfterSeconds: seconds,
	},
	again: false,
});

/** An error event inside a stream has a type but no status. */
function isPassing({ status, type }: APIError): boolean {
	if (status !== undefined)
		return status === 408 || status === 409 || status === 429 || status >= 500;
	return (
		type === "overloaded_error" ||
		type === "api_error" ||
		type === "rate_limit_error" ||
		type === "timeout_error"
	);
}

const isTooLong = (error: APIError) =>
	error instanceof BadRequestError &&
	/prompt is too long|context window/i.test(error.apiMessage ?? "");

/** A spend limit that the operator set comes as 400, 402 or 429. */
const isBilling = (error: APIError) =>
	error instanceof PaymentRequiredError ||
	error.type === "billing_error" ||
	/credit balance|spend limit|usage limits/i.test(error.apiMessage ?? "");

function reference({ status, requestID }: APIError): string {
	const parts = [
		status && `status ${status}`,
		requestID && `request ${requestID}`,
	].filter(Boolean);
	return parts.length ? ` (${parts.join(", ")})` : "";
}

const firstWords = (message: string | null | undefined) =>
	(message ?? "no reason given").replace(/\s+/g, " ").slice(0, 300);
