// The comment that asks for a merge, between two phases of a sequential run.
import type { OpenGate } from "../run/gate.ts";
import type { Run } from "../run/run.ts";
import { phaseTitle } from "./announcement.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { pullLink } from "./links.ts";
import { renderMarker } from "./marker.ts";
import { ask } from "./phase-comment.ts";

export interface MergeAsk {
	readonly run: Run;
	readonly gate: OpenGate;
	/** Lowest first. */
	readonly pulls: readonly { readonly number: number; readonly url: string }[];
	/** What did not go as it should have, in words. */
	readonly notes: readonly string[];
}

export function renderMergeAsk({ run, gate, pulls, notes }: MergeAsk): string {
	const { phase, attempt } = gate;
	return [
		renderMarker("merge", { run: run.id, phase, attempt }),
		ask(gate),
		...(pulls.length > 0 ? [ways(run, phase, pulls)] : []),
		...notes.map((note) => `**Note:** ${cleanLine(note)}`),
	].join("\n\n");
}

const ways = (run: Run, phase: number, pulls: MergeAsk["pulls"]): string =>
	`${pulls.map(pullLink).join(", ")}: a merge commit, a squash and a rebase are all right. ${phaseTitle(phase + 1)} starts from ${codeSpan(run.base.branch)} as it is then.`;
