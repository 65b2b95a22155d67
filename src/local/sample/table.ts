// The drawn observations as the team's CSV export, with the gaps real exports have.
import type { Drawn, Observation } from "./customers.ts";
import type { Names } from "./names.ts";
import { Draws } from "./random.ts";

type Cell = (at: Observation, draws: Draws) => string;

// Newcomers have no earlier month to compare with; the rest are export faults.
const CELLS: readonly (readonly [keyof Names, Cell])[] = [
	["category", (at) => at.category],
	["plan", (at) => at.plan],
	["contract", (at) => at.contract],
	["payment", (at, draws) => unless(draws, 0.03, at.payment)],
	["channel", (at, draws) => unless(draws, 0.05, at.channel)],
	["tenure", (at) => String(at.tenure)],
	["charge", (at) => at.charge.toFixed(2)],
	["discount", (at) => String(at.discount)],
	["usage", (at, draws) => unless(draws, 0.01, at.usage.toFixed(1))],
	["trend", (at) => (at.tenure <= 1 ? "" : at.trend.toFixed(1))],
	["logins", (at, draws) => unless(draws, 0.02, String(at.logins))],
	["devices", (at, draws) => unless(draws, 0.04, String(at.devices))],
	["tickets", (at) => String(at.tickets)],
	["late", (at) => String(at.late)],
	["contact", (at, draws) => unless(draws, 0.12, String(at.contact))],
];

function unless(draws: Draws, probability: number, value: string): string {
	return draws.chance(probability) ? "" : value;
}

/** The row id of a position in the table. */
export const rowId = (position: number) =>
	`r${String(position + 1).padStart(5, "0")}`;

export function writeTable(
	table: readonly Drawn[],
	names: Names,
	seed: number,
): string {
	const draws = new Draws(seed * 104_729 + 3);
	const header = [
		names.id,
		names.group,
		names.month,
		...CELLS.map(([role]) => names[role]),
		names.label,
	];
	const lines = table.map(({ observation: at, label }, position) =>
		[
			rowId(position),
			`c${String(at.customer + 1001)}`,
			at.month,
			...CELLS.map(([, cell]) => cell(at, draws)),
			label,
		].join(","),
	);
	return `${[header.join(","), ...lines].join("\n")}\n`;
}
