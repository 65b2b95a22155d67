// Text of models and strangers, made harmless before it appears under our name:
// it must not mention people, link or close issues, load images, carry HTML or
// command other bots. Code stays as it is: GitHub acts on nothing inside it.
//
// Whatever is not certainly code counts as text, and inline code may not span
// lines here, so that GitHub's parser cannot see less code than we do.
import { fence, stripInvisible } from "./code.ts";

/** Entities that stand for harmless characters; those we write are among them. */
const ENTITY =
	/^&(?:lt|gt|amp|quot|nbsp|#(?:8203|33|42|47|60|62|91|92|93|95|96|124|126));/;

const TOKEN =
	/&(?:[a-z]+|#\d+);|[&<\\~]|!\[|\](?=[(:[])|(?:https?|ftp):(?=\/\/)|www\.(?!&)|@(?=[\w-])|#(?=[a-z\d])|GH-(?=\d)/gi;

function neutralise(token: string): string {
	if (ENTITY.test(token)) return token;
	if (token.startsWith("&")) return `&amp;${defuse(token.slice(1))}`;
	if (/^[<\\~]$/.test(token)) return asEntity(token);
	if (token === "![") return "!&#8203;[";
	return `${token}&#8203;`;
}

/** A character that Markdown would act on, as itself. */
const asEntity = (character: string): string =>
	character === "&" ? "&amp;" : `&#${character.charCodeAt(0)};`;

const defuse = (text: string): string => text.replace(TOKEN, neutralise);

/** Inline Markdown of one line. */
function cleanInline(line: string): string {
	let out = "";
	let text = "";
	for (let at = 0; at < line.length; ) {
		const rest = line.slice(at);
		const escaped = /^\\([\\`*_[\]<>!|~&/])/.exec(rest);
		const ticks = /^`+/.exec(rest)?.[0];
		if (escaped) {
			out += defuse(text) + asEntity(escaped[1] as string);
			text = "";
			at += 2;
		} else if (ticks) {
			const code = closedCode(rest, ticks, line.slice(0, at));
			out += defuse(text) + (code ?? "&#96;".repeat(ticks.length));
			text = "";
			at += (code ?? ticks).length;
		} else {
			text += line[at];
			at += 1;
		}
	}
	return out + defuse(text);
}

/**
 * The code span that `rest` begins with, if every parser will see the same one:
 * a pipe could end a table's cell in it, some take \` for an escape even here,
 * and some see a link that was opened before it and closes inside.
 */
function closedCode(
	rest: string,
	ticks: string,
	before: string,
): string | undefined {
	const closing = new RegExp(`(?<!\`)${ticks}(?!\`)`, "g");
	closing.lastIndex = ticks.length;
	const end = closing.exec(rest)?.index;
	if (end === undefined) return undefined;
	const code = rest.slice(0, end + ticks.length);
	const closesLink = before.includes("[") && /\][(:[]/.test(code);
	return closesLink || /\||\\`/.test(code) ? undefined : code;
}

function cleanBlockLine(line: string): string {
	if (/^\s*(?:=+|-|#{1,6})\s*$/.test(line)) return "";
	if (/^\s*-{2,}\s*$/.test(line)) return "\n***";
	const heading = /^\s*#{1,6}[ \t]+(.+?)[ \t#]*$/.exec(line)?.[1];
	const quiet = heading === undefined ? line : `**${heading}**`;
	const command = /^([\s>*+-]*)\/(?=[a-z])(.*)$/i.exec(quiet);
	return command
		? `${command[1]}&#47;${cleanInline(command[2] as string)}`
		: cleanInline(quiet);
}

/** Blocks that GitHub does not show as plain code. */
const ACTIVE = new Set([
	"mermaid",
	"geojson",
	"topojson",
	"stl",
	"math",
	"suggestion",
]);

/** Markdown of several lines; idempotent, and complete: no fence stays open. */
export function clean(markdown: string): string {
	const lines = stripInvisible(markdown).split("\n");
	const out: string[] = [];
	for (let at = 0; at < lines.length; at += 1) {
		const line = lines[at] as string;
		const opening = /^([ \t]*)(`{3,}(?!.*`)|~{3,})[ \t]*(.*)$/.exec(line);
		if (!opening) {
			out.push(cleanBlockLine(line));
			continue;
		}
		const [, indent = "", marks = "", info = ""] = opening;
		const closing = new RegExp(`^[ \\t]*${marks[0]}{${marks.length},}[ \\t]*$`);
		const code: string[] = [];
		while (++at < lines.length && !closing.test(lines[at] as string))
			code.push((lines[at] as string).replace(indent, ""));
		const language = /^[\w+-]*/.exec(info)?.[0].toLowerCase() ?? "";
		out.push(fence(code.join("\n"), ACTIVE.has(language) ? "text" : language));
	}
	// A fence must keep its own lines, whatever is written before and after it.
	return out
		.join("\n")
		.trim()
		.replace(/^(?=```)/, "\n")
		.replace(/(?<=```)$/, "\n");
}

/** Markdown for one line: a table's cell, a list's item, a sentence. */
export const cleanLine = (markdown: string): string =>
	cleanBlockLine(stripInvisible(markdown).replace(/\s+/g, " ").trim()).trim();

/** Text for places without Markdown: titles, annotations, commit messages. */
export const plainText = (text: string): string =>
	stripInvisible(text)
		.replace(/@(?=[A-Za-z\d])/g, "@ ")
		.replace(/#(?=\d)|\bGH-(?=\d)/gi, "no. ");

export const plainLine = (text: string): string =>
	plainText(text).replace(/\s+/g, " ").trim();

/**
 * The last look at a whole body on its way out, our own markup included: no
 * mention and no image, whoever wrote it. Leaves the marker and code alone.
 */
export function cleanBody(body: string): string {
	const parts = stripInvisible(body).split(
		/(^<!-- modelwright:.*-->|^(`{3,}).*\n[\s\S]*?^\2`*[ \t]*$|`[^`\n]*`)/m,
	);
	return parts
		.map((part, index) => {
			if (index % 3 === 2) return "";
			if (index % 3 === 1 || part === undefined) return part;
			return part
				.replace(/!\[/g, "!&#8203;[")
				.replace(/<(?=\/?(?:img|picture|video|source|iframe|svg)\b)/gi, "&lt;")
				.replace(/@(?=[A-Za-z\d])/g, "@&#8203;");
		})
		.join("");
}
