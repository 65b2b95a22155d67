import type { Measured } from "../measured.ts";
import { CELLS, NADEAU_BENGIO, NAIVE } from "./cells.ts";
import type { Tally } from "./work.ts";

interface Rate extends Tally {
	readonly cell: string;
	readonly rate: number;
}

/** The worst cell speaks for all. A cell that refuses everything is not counted as good. */
export function reportRates(
	cells: readonly (readonly Tally[])[],
	simulations: number,
): Measured {
	const rates = cells.flatMap((tallies, i) =>
		tallies.map(
			(tally): Rate => ({
				...tally,
				cell: CELLS[i]?.name ?? "",
				rate: tally.judged ? tally.hits / tally.judged : Number.NaN,
			}),
		),
	);
	const judged = rates.filter(({ rate }) => !Number.isNaN(rate));
	const tests = judged.filter(({ what }) => what === "rejects");
	const shipped = worst(
		tests.filter(({ by }) => by !== NAIVE && by !== NADEAU_BENGIO),
	);
	const naive = worst(tests.filter(({ by }) => by === NAIVE));
	const coverage = judged
		.filter(({ what }) => what === "covers")
		.sort((a, b) => a.rate - b.rate)[0];
	return {
		figures: {
			falsePositiveRate: shipped?.rate,
			naiveFalsePositiveRate: naive?.rate,
			coverage: coverage?.rate,
			simulations,
			worst: [shipped, naive, coverage].map(
				(it) => it && `${it.by}: ${it.cell}`,
			),
		},
		table: [
			`${simulations} simulations a cell; nominal: 5 % of false positives, 95 % of coverage`,
			...show("False positives", tests),
			...show(
				"Coverage",
				judged.filter(({ what }) => what === "covers"),
			),
			...rates
				.filter(({ rate }) => Number.isNaN(rate))
				.map(({ by, cell }) => `refused: ${by}, ${cell}`),
		].join("\n"),
	};
}

const worst = (rates: readonly Rate[]) =>
	[...rates].sort((a, b) => b.rate - a.rate)[0];

/** A markdown table: cells down, tests or metrics across. */
function show(title: string, rates: readonly Rate[]): string[] {
	const names = [...new Set(rates.map(({ by }) => by))];
	const places = [...new Set(rates.map(({ cell }) => cell))];
	return [
		"",
		`| ${title} | ${names.join(" | ")} |`,
		`|---|${names.map(() => "--:|").join("")}`,
		...places.map((place) => {
			const row = names.map((name) => {
				const found = rates.find(
					({ by, cell }) => by === name && cell === place,
				);
				return found ? percent(found) : "";
			});
			return `| ${place} | ${row.join(" | ")} |`;
		}),
	];
}

function percent({ rate, refused, judged }: Rate): string {
	const without = refused
		? ` (${((100 * refused) / (refused + judged)).toFixed(1)} % refused)`
		: "";
	return `${(100 * rate).toFixed(1)} %${without}`;
}
