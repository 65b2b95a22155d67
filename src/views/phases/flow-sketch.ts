// A small left-to-right Mermaid flow chart with untrusted labels.
import { stripInvisible } from "../code.ts";

type Box = readonly [id: string, label: string];

export function flowSketch(boxes: readonly Box[]): string {
	const nodes = boxes.map(([id, label]) => `  ${id}["${safeLabel(label)}"]`);
	const arrows = boxes
		.slice(1)
		.map(([id], index) => `  ${boxes[index]?.[0]} --> ${id}`);
	return ["```mermaid", "flowchart LR", ...nodes, ...arrows, "```"].join("\n");
}

/** Letters, digits and plain punctuation: nothing that Mermaid or HTML reads. */
export function safeLabel(text: string): string {
	const plain = stripInvisible(text)
		.replace(/[^\p{L}\p{N} .,:/%+=_()-]/gu, " ")
		.replace(/\s+/g, " ")
		.trim();
	return plain.length > 60 ? `${plain.slice(0, 57).trimEnd()}…` : plain || "–";
}
