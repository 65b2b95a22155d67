import { invalid, refused } from "./problem.ts";

const LONGEST_BODY = 65_536;
const LONGEST_TITLE = 256;

/** GitHub counts characters, not the halves that JavaScript counts. */
function tooLong(text: string, most: number): boolean {
	return text.length > most && [...text].length > most;
}

export function checkBody(resource: string, body?: string | null): void {
	if (body && tooLong(body, LONGEST_BODY))
		throw refused(
			resource,
			`Body is too long (maximum is ${LONGEST_BODY} characters)`,
		);
}

/** For what is nothing without a text: comments. */
export function requireBody(resource: string, body: string): void {
	if (body.trim() === "") throw refused(resource, "Body can't be blank");
	checkBody(resource, body);
}

export function requireTitle(resource: string, title: unknown): string {
	const text = String(title ?? "");
	if (text.trim() === "") throw invalid(resource, "title", "missing_field");
	if (tooLong(text, LONGEST_TITLE))
		throw refused(
			resource,
			`title is too long (maximum is ${LONGEST_TITLE} characters)`,
		);
	return text;
}
