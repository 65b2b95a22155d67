// GitHub refuses bodies over 65,536 characters; ours end well before that.

export const LONGEST_BODY = 60_000;

const NOTE = "*This text was cut here: it is longer than one comment may be.*";

/**
 * `body` within the limit: cut at a blank line, what was open closed again, and
 * the cut admitted. The marker stands first, so it stays.
 */
export function clamp(body: string, limit = LONGEST_BODY): string {
	if (body.length <= limit) return body;
	let room = limit - NOTE.length - 2;
	for (;;) {
		const kept = body.slice(0, cutAt(body, room));
		const clamped = `${kept.trimEnd()}\n${closings(kept)}\n${NOTE}`;
		if (clamped.length <= limit || room <= 0) return clamped.slice(0, limit);
		room -= Math.max(1, clamped.length - limit);
	}
}

/** The best place to cut at or before `room`: blank line, line, character. */
function cutAt(body: string, room: number): number {
	const worthIt = room / 2;
	const blank = body.lastIndexOf("\n\n", room);
	if (blank >= worthIt) return blank;
	const line = body.lastIndexOf("\n", room);
	if (line >= worthIt) return line;
	const splitsPair = /[\uD800-\uDBFF]/.test(body[room - 1] ?? "");
	return Math.max(0, splitsPair ? room - 1 : room);
}

/** What has to follow `kept` so that it reads as complete Markdown. */
function closings(kept: string): string {
	const lines: string[] = [];
	let fence = "";
	let details = 0;
	for (const line of kept.split("\n")) {
		const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
		if (fence) {
			const run = marks?.[1] ?? "";
			const closes = run.startsWith(fence) && marks?.[2]?.trim() === "";
			if (closes) fence = "";
		} else if (marks) fence = marks[1] as string;
		else {
			details += (line.match(/<details\b/g) ?? []).length;
			details -= (line.match(/<\/details>/g) ?? []).length;
		}
	}
	if (fence) lines.push(fence);
	for (; details > 0; details -= 1) lines.push("\n</details>");
	return lines.length > 0 ? `${lines.join("\n")}\n` : "";
}
