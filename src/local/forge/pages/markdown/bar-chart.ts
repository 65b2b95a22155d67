import { type Html, html } from "../html.ts";

const WIDTH = 640;
const ROW = 34;
const LABELS = 190;
const VALUES = 70;
const MOST_BARS = 40;

interface Bars {
	title: string;
	names: string[];
	values: number[];
}

/** Bars lie, so that long names stay readable; the last one is what the text is about. */
export function barChart(lines: readonly string[]): Html | null {
	const bars = readBars(lines);
	if (!bars) return null;
	const { title, names, values } = bars;
	const top = title ? 30 : 6;
	const height = top + values.length * ROW + 4;
	const most = Math.max(...values, 0) || 1;
	const rows = values.map((value, index) => {
		const y = top + index * ROW;
		const length = (Math.max(value, 0) / most) * (WIDTH - LABELS - VALUES);
		const last = index === values.length - 1;
		return html`
			<text x="${LABELS - 12}" y="${y + 21}" text-anchor="end">
				${names[index] ?? ""}
			</text>
			<rect class="bar${last && " main"}" x="${LABELS}" y="${y + 6}" width="${length.toFixed(1)}" height="${ROW - 12}" rx="4">
		</rect>
		<text class="value" x="${(LABELS + length + 8).toFixed(1)}" y="${y + 21}">
			${value}
		</text>
		`;
	});
	const said = values.map((value, index) => `${names[index]} ${value}`);
	return html`
		<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}: ${said.join(", ")}">
			${title && html`<text class="title" x="0" y="17">${title}</text>`}
			${rows}
		</svg>
	`;
}

function readBars(lines: readonly string[]): Bars | null {
	let title = "";
	let names: string[] = [];
	let values: number[] = [];
	for (const line of lines) {
		const [, key = "", rest = ""] = /^([\w-]+)\s+(.*)$/.exec(line) ?? [];
		if (key === "title") title = unquote(rest);
		else if (key === "x-axis") names = readList(rest).map(unquote);
		else if (key === "bar") values = readList(rest).map(Number);
		else if (key !== "y-axis") return null;
	}
	const usable =
		values.length > 0 &&
		values.length <= MOST_BARS &&
		values.length === names.length &&
		values.every(Number.isFinite);
	return usable ? { title, names, values } : null;
}

function unquote(text: string): string {
	return text.trim().replace(/^"(.*)"$/, "$1");
}

/** The items between brackets; quoted ones may hold commas. */
function readList(text: string): string[] {
	const inside = /\[(.*)\]\s*$/.exec(text)?.[1] ?? "";
	return inside.match(/"[^"]*"|[^,\s][^,]*/g) ?? [];
}
