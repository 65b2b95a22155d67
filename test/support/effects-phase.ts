// A phase of three steps whose effects are written to a file: B when one begins,
// E when it ends. So what happened twice, and in which process, can be counted.
import { appendFileSync, readFileSync } from "node:fs";
import type { LeadInput } from "../../src/engine/lead.ts";
import type { Lead, Phase } from "../../src/phases/phase.ts";

/** A lead with nothing but the journal. */
export const journalOnly = ({ run, journal }: LeadInput) =>
	({ run, before: {}, journal }) as unknown as Lead;

export function effectsPhase(file: string, hangAt?: string): Phase {
	const step = (lead: Lead, name: string) =>
		(lead as unknown as LeadInput).journal.step(name, async () => {
			appendFileSync(file, `B ${name} ${process.pid}\n`);
			if (name === hangAt) await new Promise(() => {});
			appendFileSync(file, `E ${name} ${process.pid}\n`);
		});
	return {
		number: 1,
		name: "Problem Analysis",
		metaPhase: "Discovery",
		goal: "Leave traces",
		report: "requirements",
		async perform(lead) {
			for (const name of ["first", "second", "third"]) await step(lead, name);
			return { open_questions: [] } as never;
		},
		gate: () => ({
			name: "requirements",
			command: "/approve",
			question: "Go on?",
		}),
		view: () => ({ summary: "Three steps were taken.", details: [] }),
	};
}

export const effectsIn = (file: string): string[] => {
	try {
		return readFileSync(file, "utf8").trim().split("\n");
	} catch {
		return [];
	}
};
