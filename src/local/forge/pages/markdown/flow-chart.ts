import { type Html, html } from "../html.ts";

const BOX = { width: 150, height: 62, across: 42, down: 18 };
const LINE_LENGTH = 20;
const MOST_BOXES = 30;

interface Flow {
	labels: Map<string, string>;
	arrows: (readonly [string, string])[];
}

/** Boxes and arrows from left to right, each box after all that lead to it. */
export function flowChart(lines: readonly string[]): Html | null {
	const flow = readFlow(lines);
	if (!flow) return null;
	const columns = inColumns(flow);
	const stepX = BOX.width + BOX.across;
	const stepY = BOX.height + BOX.down;
	const tallest = Math.max(...columns.map(({ length }) => length));
	const places = new Map(
		columns.flatMap((ids, column) =>
			ids.map((id, row) => {
				const lift = ((tallest - ids.length) * stepY) / 2;
				return [id, { x: column * stepX + 1, y: row * stepY + lift + 1 }];
			}),
		),
	);
	const boxes = [...places].map(([id, { x, y }]) => {
		const text = wrap(flow.labels.get(id) ?? id);
		const first = y + BOX.height / 2 + 4.5 - ((text.length - 1) * 16) / 2;
		const spans = text.map(
			(line, index) =>
				html`<tspan x="${x + BOX.width / 2}" y="${first + index * 16}">${line}</tspan>`,
		);
		return html`
			<rect class="box" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8">
		</rect>
		<text text-anchor="middle">${spans}</text>
		`;
	});
	const arrows = flow.arrows.map(([from, to]) => {
		const a = places.get(from) ?? { x: 0, y: 0 };
		const b = places.get(to) ?? { x: 0, y: 0 };
		const [x1, y1] = [a.x + BOX.width, a.y + BOX.height / 2];
		const [x2, y2] = [b.x - 2, b.y + BOX.height / 2];
		const bend = (x2 - x1) / 2;
		return html`
			<path class="arrow" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}">
		</path>
		<path class="tip" d="M${x2 - 7} ${y2 - 4.5}L${x2 + 1} ${y2}L${x2 - 7} ${y2 + 4.5}Z">
	</path>
		`;
	});
	const width = columns.length * stepX - BOX.across + 2;
	const height = tallest * stepY - BOX.down + 2;
	return html`
		<div class="wide">
			<svg class="flow" viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="Flow chart: ${[...flow.labels.values()].join(", ")}">
				${arrows}${boxes}
			</svg>
		</div>
	`;
}

const NODE = /^(\w+)(?:\["?([^"\]]*)"?\]|\("?([^")]*)"?\)|\{"?([^"}]*)"?\})?$/;

function readFlow(lines: readonly string[]): Flow | null {
	const labels = new Map<string, string>();
	const arrows: Flow["arrows"] = [];
	for (const line of lines) {
		const ids: string[] = [];
		for (const part of line.replace(/;$/, "").split(/\s*-->\s*/)) {
			const [, id, ...texts] = NODE.exec(part) ?? [];
			if (id === undefined) return null;
			const label = texts.find((text) => text !== undefined);
			if (label !== undefined || !labels.has(id)) labels.set(id, label ?? id);
			ids.push(id);
		}
		ids.slice(1).forEach((to, index) => {
			arrows.push([ids[index] ?? "", to]);
		});
	}
	const usable = labels.size > 0 && labels.size <= MOST_BOXES;
	return usable ? { labels, arrows } : null;
}

/** A circle must not keep its boxes wandering to the right for ever. */
function inColumns({ labels, arrows }: Flow): string[][] {
	const column = new Map([...labels.keys()].map((id) => [id, 0]));
	for (let round = 1; round < labels.size; round += 1)
		for (const [from, to] of arrows) {
			const next = (column.get(from) ?? 0) + 1;
			if (next > (column.get(to) ?? 0) && next < labels.size)
				column.set(to, next);
		}
	const used = [...new Set(column.values())].sort((a, b) => a - b);
	return used.map((at) =>
		[...column].filter(([, where]) => where === at).map(([id]) => id),
	);
}

function wrap(text: string): string[] {
	const lines: string[] = [];
	for (const word of text.split(/\s+/)) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + word.length < LINE_LENGTH)
			lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word.slice(0, LINE_LENGTH));
	}
	return lines.length > 3
		? [...lines.slice(0, 2), `${(lines[2] ?? "").slice(0, LINE_LENGTH - 1)}…`]
		: lines;
}
