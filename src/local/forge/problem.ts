/** Why GitHub says no. Whoever throws one must not have changed anything. */
export class Problem extends Error {
	readonly status: number;
	readonly errors: readonly unknown[] | undefined;
	readonly headers: Readonly<Record<string, string>>;

	constructor(
		status: number,
		message: string,
		errors?: readonly unknown[],
		headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
		this.status = status;
		this.errors = errors;
		this.headers = headers;
	}
}

export function notFound(message = "Not Found"): Problem {
	return new Problem(404, message);
}

/** GitHub's usual 422: one field of one kind of thing is wrong. */
export function invalid(
	resource: string,
	field: string,
	code: "missing_field" | "invalid" | "already_exists",
): Problem {
	return new Problem(422, "Validation Failed", [{ resource, field, code }]);
}

/** A 422 that explains itself in a sentence. */
export function refused(resource: string, message: string): Problem {
	return new Problem(422, "Validation Failed", [
		{ resource, code: "custom", message },
	]);
}
