// The errors a person can meet when the process starts or stops. Each message
// says what happened, what was expected and what to do next.

/** The process cannot start as it is set up. Shown without a stack trace. */
export class SetupError extends Error {
	override readonly name = "SetupError";
}

export const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
