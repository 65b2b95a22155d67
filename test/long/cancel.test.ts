// `/cancel` while each of the twelve phases is at work, and waits for an answer: the
// run ends, nothing more is published, and what was made stays as it is.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stage, setStage } from "../../src/cli/demo/stage.ts";
import { churnAnswers } from "../../src/local/scripted-model/answers/churn.ts";
import { call } from "../../src/local/scripted-model/server/reply.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import {
	INTEGRATION_ITEMS,
	MODEL_ITEMS,
	TRAINING_ITEMS,
} from "../../src/reports/items.ts";
import { command } from "../support/commands.ts";
import { freshDatabase } from "../support/databases.ts";
import { type Story, tellOn, withoutTests } from "../support/story.ts";

const QUIET_MS = 3_000;
const PATIENCE_MS = 900_000;

const NOTE_FILE = "churn/note.py";
const QUOTE = "def note():";
const NOTE = `${QUOTE}
    return "only a start"
`;
const ITEMS = {
	model: MODEL_ITEMS,
	training: TRAINING_ITEMS,
	integration: INTEGRATION_ITEMS,
};

const shown = (part: keyof typeof ITEMS) =>
	ITEMS[part].map(({ item }) => ({
		...{ item, path: NOTE_FILE, quote: QUOTE, how: "as a note" },
	}));

/** What is built does not matter here: the least that the phases can work with. */
const leastChanges = (["model", "training", "integration"] as const).flatMap(
	(part) =>
		["write", "repair"].map(
			(verb): Rule => ({
				name: `${verb} the least for ${part}`,
				when: { assignment: `${verb}-${part}` },
				reply: () => [
					call("submit_change", {
						title: `The ${part}`,
						why: "It is only a start.",
						what: ["a note"],
						files: [{ path: NOTE_FILE, content: `# ${part}\n${NOTE}` }],
						replacements: [],
						items: shown(part),
					}),
				],
			}),
		),
);
const leastReview: Rule = {
	name: "as designed",
	when: { assignment: /^compare-/ },
	reply: () => [
		call("submit_design_review", {
			summary: "It is a start.",
			verdict: "as designed",
			deviations: [],
		}),
	],
};
const noFinding: Rule = {
	name: "nothing found",
	when: { assignment: /^review-/ },
	reply: () => [call("submit_review", { summary: "Fine.", findings: [] })],
};
const nothingToSay: Rule = {
	name: "nothing to interpret",
	when: { assignment: "interpret-results" },
	reply: () => [
		call("submit_interpretation", {
			summary: "Nothing was judged.",
			caveats: [],
			next_steps: {
				hyperparameter_tuning: "later",
				production_deployment: "later",
				monitoring: "later",
				ab_testing: "later",
			},
		}),
	],
};
const leastRepair: Rule = {
	name: "repair the least",
	when: { assignment: /^(write-fixes|repair-(fixes|\d))$/ },
	reply: () => [
		call("submit_change", {
			title: "A repair",
			why: "It was asked for.",
			what: ["a note"],
			files: [{ path: NOTE_FILE, content: `# repaired\n${NOTE}` }],
			replacements: [],
		}),
	],
};

/** The answers to the phase's agents do not come while the test lasts. */
const holding = (phase: number): Rule => ({
	name: `hold phase ${phase}`,
	when: (request) =>
		request.phase === phase && request.userText.includes(titleOf(phase)),
	reply: async () => {
		held.add(phase);
		await released.promise;
		throw new Error("nobody waits for this any more");
	},
});
const ASKING = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SUMMARY = 12;
const titleOf = (phase: number) => `Who will leave? (until phase ${phase})`;
const held = new Set<number>();
const released = Promise.withResolvers<void>();

let stage: Stage;
let violations: readonly unknown[];

beforeAll(async () => {
	stage = await setStage({
		databaseUrl: await freshDatabase(),
		seed: 42,
		project: withoutTests(),
		rules: [
			...ASKING.map(holding),
			...leastChanges,
			...[leastReview, leastRepair, noFinding, nothingToSay],
			...churnAnswers,
		],
	});
	violations = stage.forge.violations;
}, 180_000);
afterAll(async () => {
	released.resolve();
	await stage?.close();
	expect(violations).toEqual([]);
});

/** The last phase asks no model, but GitHub: to take its drafts out of draft. */
function holdSummary(story: Story): void {
	const isJudged = () =>
		story
			.comments()
			.some(({ kind, data }) => kind === "phase" && data.phase === 11);
	stage.forge.faults.takeCall = (operation) => {
		if (operation !== "graphql/updatePullRequest" || !isJudged()) return null;
		held.add(SUMMARY);
		return { kind: "slow", milliseconds: 4_000 };
	};
}

/** Answers every gate until the phase is at work. */
async function reach(story: Story, phase: number): Promise<void> {
	const answered = new Set<string>();
	await story.until(`phase ${phase} is at work`, () => {
		const now = story.standing();
		const asked = story.asked();
		if (now?.state === "waiting" && asked && !answered.has(asked)) {
			answered.add(asked);
			void story.say("alice", asked);
		}
		return held.has(phase);
	});
}

/** All that people can see of this run. */
async function seen({ stage, issue }: Story) {
	const { forge, repository } = stage;
	const { comments, checkRuns } = forge.repository(repository);
	const branches = `modelwright/${issue}/`;
	const pulls = (await forge.pulls(repository)).filter(({ head }) =>
		head.startsWith(branches),
	);
	const heads = new Set(pulls.map(({ headSha }) => headSha));
	return {
		comments: [...comments.values()]
			.filter(({ number }) => number === issue)
			.map(({ id, body }) => `${id} ${body}`),
		pulls: pulls.map(({ number, state, draft, headSha }) => ({
			...{ number, state, draft, headSha },
		})),
		checks: [...checkRuns.values()]
			.filter(({ headSha }) => heads.has(headSha))
			.map(({ id, status }) => `${id} ${status}`),
	};
}

async function cancelIn(phase: number) {
	const story = await tellOn(stage, { title: titleOf(phase) });
	if (phase === SUMMARY) holdSummary(story);
	await reach(story, phase);
	expect((await command(story, "/cancel")).taken).toBe(true);
	await story.until(
		"the run is cancelled",
		() => story.standing()?.state === "cancelled",
	);
	const before = await seen(story);
	await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
	await stage.forge.idle();
	expect(await seen(story)).toEqual(before);
	expect(story.standing()).toMatchObject({ state: "cancelled", phase });
	expect(before.pulls.every(({ state }) => state === "open")).toBe(true);
	return before.pulls.length;
}

describe("a run that is cancelled", () => {
	it.concurrent.each([1, 2, 3, 4, 5, 6])(
		"in phase %i ends there, without a pull request",
		async (phase) => {
			expect(await cancelIn(phase)).toBe(0);
		},
		PATIENCE_MS,
	);

	it.concurrent.each([7, 8, 9, 10, 11])(
		"in phase %i ends there; its pull requests stay as they are",
		async (phase) => {
			const before = Math.min(phase, 10) - 7;
			expect(await cancelIn(phase)).toBeGreaterThanOrEqual(before);
		},
		PATIENCE_MS,
	);

	it(
		"in phase 12 ends there; its pull requests stay as they are",
		async () => {
			expect(await cancelIn(SUMMARY)).toBeGreaterThanOrEqual(3);
		},
		PATIENCE_MS,
	);
});
