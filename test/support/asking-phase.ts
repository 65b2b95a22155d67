// A first phase that asks one blocking question, for tests of what happens while
// a run waits. `work`, if given, is what the phase waits for before it asks.
import type { Phase } from "../../src/phases/phase.ts";

export const askingPhase = (work?: () => Promise<void>): Phase => ({
	number: 1,
	name: "Problem Analysis",
	metaPhase: "Discovery",
	goal: "Ask",
	report: "requirements",
	async perform() {
		await work?.();
		return { open_questions: [] } as never;
	},
	register: () => ({
		questions: [
			{
				...{ number: 1, question: "How often?", safeReading: "weekly" },
				blocking: true,
			},
		],
	}),
	gate: (_, { run }) =>
		run.notes.length > 0
			? undefined
			: {
					name: "requirements",
					command: "/answer 1 weekly",
					question: "How often?",
				},
	view: () => ({ summary: "One thing is open.", details: [] }),
});
