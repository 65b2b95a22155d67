// What a scripted agent learns from its tools. Nothing about the sample is known
// beforehand but its layout: names, lines and places come from tool results.
import type { ToolCall } from "../server/request.ts";

export interface Hit {
	readonly path: string;
	readonly line: number;
	readonly text: string;
}

/** Lines of `path:line: text`, as grep answers. */
export function hitsIn(calls: readonly ToolCall[]): Hit[] {
	return calls
		.filter((call) => call.name === "grep" && !call.isError)
		.flatMap((call) => call.text.split("\n"))
		.flatMap((row) => {
			const match = /^([^:\s][^:]*):(\d+):\s?(.*)$/.exec(row);
			if (!match) return [];
			const [, path = "", line, text = ""] = match;
			return [{ path, line: Number(line), text }];
		});
}

/** The first hit in a path that matches; a place is needed, so none is an error. */
export function placeOf(hits: readonly Hit[], path: RegExp): Hit {
	const hit = hits.find((candidate) => path.test(candidate.path));
	if (!hit) throw new Error(`the tools showed no place in ${path}`);
	return hit;
}

/** Lines of the files that a prompt quotes: `<file path lines>`, each or every tenth line numbered. */
export function excerptsIn(prompt: string): Hit[] {
	const files = prompt.matchAll(
		/<file path="([^"]+)" lines="[^"]*">\n([\s\S]*?)\n<\/file>/g,
	);
	return [...files].flatMap(([, path = "", text = ""]) => {
		let last = 0;
		return text.split("\n").flatMap((row) => {
			const [, number, rest] = /^(\d+)\t(.*)$/.exec(row) ?? [];
			last = number ? Number(number) : last + 1;
			return [{ path, line: last, text: rest ?? row }];
		});
	});
}

/** The text of a viewed file, without line numbers. */
export function viewed(calls: readonly ToolCall[], path: string): string {
	return calls
		.filter((call) => call.name === "view" && call.input.path === path)
		.flatMap((call) => call.text.split("\n"))
		.flatMap((row) => {
			const match = /^\s*(\d+)\t(.*)$/.exec(row);
			return match ? [match[2] ?? ""] : [];
		})
		.join("\n");
}

export interface Columns {
	readonly id: string;
	readonly group: string;
	readonly label: string;
	readonly rated: string;
	readonly late: string;
	readonly slices: readonly string[];
}

export const COLUMNS_FILE = "churn/columns.py";

/** The roles of columns as `churn/columns.py` declares them. */
export function columnsIn(calls: readonly ToolCall[]): Columns {
	const text = viewed(calls, COLUMNS_FILE);
	const value = (name: string) =>
		new RegExp(`^${name} = "(.+)"`, "m").exec(text)?.[1] ?? "";
	const list = (name: string) =>
		[
			...(new RegExp(`^${name} = \\(([^)]*)\\)`, "m")
				.exec(text)?.[1]
				?.matchAll(/"(.+?)"/g) ?? []),
		].map((match) => match[1] ?? "");
	return {
		id: value("ID"),
		group: value("GROUP"),
		label: value("LABEL"),
		rated: value("RATED"),
		late: list("ARRIVES_LATE")[0] ?? "",
		slices: list("CATEGORICAL").slice(1, 3),
	};
}

/** A key file around a hit, with the range a reader would want. */
export const keyFile = (hit: Hit, why: string, span = 25) => ({
	path: hit.path,
	why,
	start_line: hit.line,
	end_line: hit.line + span,
});
