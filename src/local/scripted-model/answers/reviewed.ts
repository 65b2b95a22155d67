// People's remarks on a pull request as the scripted writer takes them up: "`a`
// should read `b`" is edited where it stands, a question is answered, and what
// the approved design decided otherwise is left as it is.
import { call, think } from "../server/reply.ts";
import type { ModelRequest } from "../server/request.ts";
import type { Rule } from "../server/rules.ts";
import { script } from "../server/script.ts";
import { viewed } from "./clues.ts";

interface Asked {
	name: string;
	path: string;
	text: string;
}

/** The remarks, as the brief lists them. */
function remarksIn({ brief }: ModelRequest): Asked[] {
	const notes = brief.matchAll(
		/<note name="(C\d+)" by="[^"]*"(?: path="([^"]*)")?[^>]*>\n([\s\S]*?)\n<\/note>/g,
	);
	return [...notes].map(([, name = "", path = "", text = ""]) => ({
		...{ name, path, text },
	}));
}

interface Wording extends Asked {
	old: string;
	wanted: string;
}

function wordings(request: ModelRequest): Wording[] {
	return remarksIn(request).flatMap((remark) => {
		const [, old = "", wanted = ""] =
			/`([^`]+)` should read `([^`]+)`/.exec(remark.text) ?? [];
		const path =
			remark.path || (/ in (\S+\.py)\b/.exec(remark.text)?.[1] ?? "");
		return old && path ? [{ ...remark, path, old, wanted }] : [];
	});
}

const pathsOf = (request: ModelRequest) => [
	...new Set(wordings(request).map(({ path }) => path)),
];

/** The line as it stood, where it holds the words once. */
const lineWith = (request: ModelRequest, { path, old }: Wording) =>
	viewed(request.calls, path)
		.split("\n")
		.find((line) => line.includes(old));

/** One line of the approved design, to hold against a remark. */
const designIn = ({ userText }: ModelRequest) =>
	/<report phase="4"[\s\S]*?^ {2}name: (.+)$/m.exec(userText)?.[1] ?? "";

function itemFor(request: ModelRequest, remark: Asked): object {
	const item = remark.name;
	const wording = wordings(request).find(({ name }) => name === item);
	const line = wording && lineWith(request, wording);
	if (wording && line)
		return {
			...{ item, path: wording.path },
			quote: line.replace(wording.old, wording.wanted),
			how: "It reads as you say now.",
		};
	const no = { item, applies: false, quote: "" };
	if (remark.text.trim().endsWith("?"))
		return {
			...{ ...no, path: "answer" },
			how: "It was settled in the design: early stopping waits that many rounds before it gives up.",
		};
	if (remark.text.includes("instead of"))
		return {
			...{ ...no, path: "design", quote: designIn(request) },
			how: "The approach itself was approved, so another one is not mine to take.",
		};
	return { ...no, path: "declined", how: "I found nothing here to change." };
}

const handIn = (request: ModelRequest) => [
	call("submit_change", {
		title: "Take up the review",
		why: "A reviewer asked for clearer words.",
		what: remarksIn(request).map(({ name, text }) =>
			`${name}: ${text}`.slice(0, 190),
		),
		items: remarksIn(request).map((remark) => itemFor(request, remark)),
	}),
];

export const reviewed: Rule = script(
	"write: remarks on a pull request",
	{ assignment: /^write-(?:(?:review|comment)-\d+|ci-[0-9a-f]+)$/ },
	[
		(request) =>
			pathsOf(request).length === 0
				? handIn(request)
				: [
						think("Each place first, then the words."),
						...pathsOf(request).map((path) => call("view", { path })),
					],
		(request) =>
			wordings(request).flatMap((one) => {
				const line = lineWith(request, one);
				return line
					? [
							call("str_replace", {
								path: one.path,
								old_str: line,
								new_str: line.replace(one.old, one.wanted),
							}),
						]
					: [];
			}),
		handIn,
	],
);
