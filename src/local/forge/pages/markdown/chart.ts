import type { Html } from "../html.ts";
import { barChart } from "./bar-chart.ts";
import { flowChart } from "./flow-chart.ts";

/** A drawing of the two kinds of Mermaid that are written here; null: show the source. */
export function chart(source: string): Html | null {
	const lines = source
		.split("\n")
		.map((line) => line.trim())
		.filter((line) => line !== "" && !line.startsWith("%%"));
	const [kind = "", ...rest] = lines;
	if (/^xychart(?:-beta)?$/.test(kind)) return barChart(rest);
	if (/^(?:flowchart|graph) (?:LR|TD|TB)$/.test(kind)) return flowChart(rest);
	return null;
}
