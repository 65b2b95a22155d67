// What every text goes through on its way out, on creation and on update alike.
import { redact } from "../run/redact.ts";
import { clamp } from "../views/clamp.ts";
import { cleanBody, plainLine } from "../views/clean.ts";
import { stripInvisible } from "../views/code.ts";
import type { ReviewView } from "../views/review.ts";
import type { CheckRequest } from "./checks.ts";

export interface Outgoing {
	body(markdown: string): string;
	title(text: string): string;
	check(request: CheckRequest): CheckRequest;
	review(
		review: Pick<ReviewView, "intro" | "remarks">,
	): Pick<ReviewView, "intro" | "remarks">;
	/** A file of our own; agents' files are refused instead. */
	document(text: string): string;
}

/** GitHub's limits for check runs; an issue's or pull request's title holds 256. */
const LONGEST = {
	title: 250,
	message: 60_000,
	details: 60_000,
	inShort: 600,
} as const;

export function makeOutgoing(secrets: readonly string[]): Outgoing {
	const body = (markdown: string) =>
		clamp(redact(cleanBody(markdown), secrets));
	const line = (text: string) =>
		cut(redact(plainLineOfOurs(text), secrets), LONGEST.title);
	const block = (text: string, limit: number) =>
		cut(redact(stripInvisible(text), secrets), limit);
	return {
		body,
		title: line,
		document: (text) => redact(text, secrets),
		review: ({ intro, remarks }) => ({
			intro: body(intro),
			remarks: remarks.map((remark) => ({
				...remark,
				comment: body(remark.comment),
				inShort: cut(body(remark.inShort), LONGEST.inShort),
			})),
		}),
		check: (request) => ({
			...request,
			title: line(request.title),
			summary: body(request.summary),
			annotations: request.annotations.map((annotation) => ({
				...annotation,
				title: line(annotation.title),
				message: block(annotation.message, LONGEST.message) || "(no text)",
				...(annotation.details
					? { details: block(annotation.details, LONGEST.details) }
					: {}),
			})),
			...(request.actions
				? {
						actions: request.actions.slice(0, 3).map((action) => ({
							label: action.label.slice(0, 20),
							description: action.description.slice(0, 40),
							identifier: action.identifier.slice(0, 20),
						})),
					}
				: {}),
		}),
	};
}

/** Our titles begin with "[#42 · 7/12]"; the rest must not refer to anything. */
function plainLineOfOurs(text: string): string {
	const own = /^\[#\d+ · [^\]]*\]/.exec(text)?.[0] ?? "";
	return own + (own ? " " : "") + plainLine(text.slice(own.length));
}

function cut(text: string, limit: number): string {
	if (text.length <= limit) return text;
	return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
