// How an attempt fails: whatever was thrown becomes a Failure people can read.
import { messageOf } from "../errors.ts";
import { faultOf } from "../github/fault.ts";
import { redact } from "../run/redact.ts";
import type { Failure } from "../run/run.ts";
import { CheckoutError } from "../workspace/tree.ts";

/** Thrown inside a phase to end its attempt for a known reason. */
export class AttemptFailed extends Error {
	override readonly name = "AttemptFailed";
	/** An own property: it survives the journal, where the class does not. */
	readonly failure: Failure;

	constructor(failure: Failure) {
		super(failure.message);
		this.failure = failure;
	}
}

const LONGEST = 500;

/** Must not throw. */
export function failureOf(error: unknown, secrets: readonly string[]): Failure {
	const { kind, message, exceeded } = known(error) ?? {
		kind: "internal" as const,
		message: `Something unforeseen happened: ${firstLine(error)}`,
	};
	return {
		kind,
		message: redact(message, secrets).slice(0, LONGEST),
		...(exceeded ? { exceeded } : {}),
	};
}

function known(error: unknown): Failure | undefined {
	const { failure, errors } = (error ?? {}) as {
		failure?: Failure;
		errors?: unknown[];
	};
	if (failure?.kind && failure.message) return failure;
	if (error instanceof CheckoutError)
		return { kind: "repository", message: error.message };
	// A step that gave up holds the errors of its tries; the last one says why.
	const fault = faultOf(error) ?? faultOf(errors?.at(-1));
	return fault && { kind: "publishing", message: fault.message };
}

const firstLine = (error: unknown) => messageOf(error).split("\n")[0] ?? "";

/** DBOS's words for: stop here, the outcome is not yours to record. */
const NOT_OURS = {
	ownershipLost: 5,
	cancelled: 24,
	stepsDiffer: 26,
	childCancelled: 27,
};

/** Whether the journal's owner wants this execution to stop; then nothing more may be done in it. */
export const isStop = (error: unknown) =>
	Object.values<unknown>(NOT_OURS).includes(
		(error as { dbosErrorCode?: unknown } | undefined)?.dbosErrorCode,
	);
