// A lead whose agents and lab answer as they are told; it keeps what was asked
// of the agents and what was opened.
import type { Assignment } from "../../src/agents/assignment.ts";
import type { Lead } from "../../src/phases/phase.ts";
import type { PullRef, TestRun } from "../../src/reports/change.ts";
import type { SmokeRun } from "../../src/reports/conformity.ts";

const PULL: PullRef = {
	number: 43,
	url: "https://github.example/acme/churn/pull/43",
	branch: "modelwright/42/7-model",
	base: "main",
	headSha: "43".repeat(20),
	title: "[#42 · 7/12] A model",
	files: [{ path: "model.py", additions: 2, deletions: 0 }],
};
export const ran = (status: TestRun["status"], more: object = {}): TestRun => ({
	...{ runner: "wasm", status, passed: 2, failed: 0, seconds: 1 },
	output: "",
	...more,
});

interface Told {
	/** Answers by the conversation's name. */
	answers: Record<string, object>;
	tests?: TestRun[];
	smoke?: SmokeRun[];
	/** What a phase needs besides. */
	about?: Partial<Lead>;
}

export function leadWith({ answers, tests = [], smoke = [], about }: Told) {
	const asked: Assignment[] = [];
	const opened: Parameters<Lead["pulls"]["open"]>[0][] = [];
	const lead = {
		...about,
		agents: {
			async one(task: Assignment) {
				asked.push(task);
				const answer = answers[task.name];
				if (!answer) throw new Error(`nobody answers ${task.name}`);
				return answer;
			},
		},
		lab: {
			filesOf: async ({ files }: { files: object[] }) => files,
			runTests: async () => tests.shift() ?? ran("passed"),
			smokeRun: async () => smoke.shift(),
		},
		pulls: {
			async open(request: (typeof opened)[0]): Promise<PullRef> {
				opened.push(request);
				return PULL;
			},
		},
	};
	return { lead: lead as unknown as Lead, asked, opened };
}
