// An approval is of what was shown: the issue, the configuration, the base branch
// and the critical risks as they stood. None of these stories goes beyond it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { churnAnswers } from "../../src/local/scripted-model/answers/churn.ts";
import type { Answer } from "../../src/local/scripted-model/server/reply.ts";
import {
	matches,
	type Rule,
} from "../../src/local/scripted-model/server/rules.ts";
import { command, resultOf, untilAsked } from "../support/commands.ts";
import { type Story, tellOn, tellStory } from "../support/story.ts";

const CARELESS = "Never mind the risks.";

const designers = churnAnswers.filter(({ name }) =>
	/^phase 4: (baseline|state|pragmatic)/.test(name),
);

/** No design says of any risk that it mitigates it, until somebody rules on one. */
const careless: Rule = {
	name: "phase 4: a careless design",
	when: ({ assignment, userText }) =>
		assignment?.startsWith("design-") === true &&
		userText.includes(CARELESS) &&
		!userText.includes('is ruled "modify"'),
	async reply(request) {
		const usual = designers.find((rule) => matches(rule, request))?.reply;
		if (typeof usual !== "function") throw new Error("no such script");
		const answer = structuredClone(await usual(request)) as Answer;
		for (const part of [answer].flat())
			if (typeof part === "object" && "name" in part)
				if (part.name === "submit_design")
					Object.assign(part.input as object, { risks_addressed: [] });
		return answer;
	},
};

let edited: Story;
let moved: Story[];
let accepted: Story;
let modified: Story;

const digestIn = (text: string) => /[0-9a-f]{8}/.exec(text)?.[0] ?? "";
const push = (files: Record<string, string | null>) => {
	const { forge, repository } = edited.stage;
	return forge.acts.push(repository, "carol", files);
};
const fileOf = (path: string) => {
	const content = edited.stage.sample.files[path];
	if (content === undefined) throw new Error(`the sample has no ${path}`);
	return String(content);
};
const isBuilding = (story: Story) => story.standing()?.phase === 7;

beforeAll(async () => {
	edited = await tellStory({ rules: [careless, ...churnAnswers] });
	const more = (body?: string) => tellOn(edited.stage, body ? { body } : {});
	moved = await Promise.all([more(), more(), more(), more()]);
	const careful = `${edited.stage.sample.issue.body}\n\n${CARELESS}`;
	accepted = await more(careful);
	modified = await more(careful);
	for (const story of [edited, ...moved, accepted, modified])
		await untilAsked(story);
}, 360_000);

afterAll(async () => {
	await edited?.stage.forge.idle();
	expect(edited?.stage.forge.violations).toEqual([]);
	await edited?.close();
});

describe("a critical risk that the design does not mitigate", () => {
	it("keeps the approval back until it is accepted by name", async () => {
		const asked = accepted.asked() ?? "";
		expect(asked).toMatch(/^\/approve [0-9a-f]{8} accept R1$/);
		const bare = `/approve ${digestIn(asked)}`;
		const refused = await command(accepted, bare);
		expect(refused.taken).toBe(false);
		expect(refused.reply).toContain("R1 is critical");
		expect((await command(accepted, "/risk R1 block")).taken).toBe(true);
		const blocked = await command(accepted, bare);
		expect(blocked.taken).toBe(false);
		const ruled = await command(accepted, "/risk R1 accept known for years");
		expect(ruled.taken).toBe(true);
		const { reply } = await command(accepted, "/status");
		expect(reply).toContain("R1");
		expect(reply).toContain("known for years");
		expect((await command(accepted, bare)).taken).toBe(true);
		await accepted.until("it is built", () => isBuilding(accepted));
		expect((await command(accepted, "/cancel")).taken).toBe(true);
	});

	it("and is ruled `modify` has the design made anew with that demand", async () => {
		const before = modified.asked() ?? "";
		const ruled = await command(
			modified,
			"/risk R1 modify encode inside each fold",
		);
		expect(ruled.taken).toBe(true);
		const now = await untilAsked(modified, before);
		expect(now).toMatch(/^\/approve [0-9a-f]{8}$/);
		expect((await command(modified, "/cancel")).taken).toBe(true);
	});
});

describe("after an edit of the issue", () => {
	it("the difference is shown, and only the new digest counts", async () => {
		const { forge, repository, sample } = edited.stage;
		const before = edited.asked() ?? "";
		await forge.acts.editIssue(repository, edited.issue, "alice", {
			body: `${sample.issue.body}\n\nA false alarm costs 3 EUR.`,
		});
		const now = await untilAsked(edited, before);
		expect(digestIn(now)).not.toBe(digestIn(before));
		const shown = resultOf(edited, 6);
		expect(shown).toContain("**The issue changed** (`alice`)");
		expect(shown).toContain("+ A false alarm costs 3 EUR.");
		const stale = await command(edited, before);
		expect(stale.taken).toBe(false);
		expect(stale.reply).toContain(digestIn(now));
		expect(await command(edited, now)).toMatchObject({ taken: true });
		await edited.until("it is built", () => isBuilding(edited));
		expect((await command(edited, "/cancel")).taken).toBe(true);
	});
});

describe("a base branch that moved", () => {
	it("elsewhere is noted, and the approval stands", async () => {
		const [story] = moved as [Story];
		await push({ "docs/notes.md": "Nothing to do with it.\n" });
		expect((await command(story, story.asked() ?? "")).taken).toBe(true);
		await story.until("it is built", () => isBuilding(story));
		expect((await command(story, "/cancel")).taken).toBe(true);
	});

	it("in a file that the design rests on is shown, and asked about again", async () => {
		const [, story] = moved as [Story, Story];
		const before = story.asked() ?? "";
		const path = "churn/features.py";
		await push({ [path]: `${fileOf(path)}\n# A remark.\n` });
		const told = await command(story, before);
		expect(told.taken).toBe(false);
		expect(told.reply).toContain("not approved yet: the base branch changed");
		const now = await untilAsked(story, before);
		expect(resultOf(story, 6)).toContain("**The base branch changed**");
		expect(resultOf(story, 6)).toContain(path);
		expect(story.standing()).toMatchObject({ phase: 6, attempt: 2 });
		expect((await command(story, now)).taken).toBe(true);
		await story.until("it is built", () => isBuilding(story));
		expect((await command(story, "/cancel")).taken).toBe(true);
	});

	it("in the data the contract is bound to has the design made anew", async () => {
		const [, , story] = moved as [Story, Story, Story];
		const before = story.asked() ?? "";
		const path = Object.keys(edited.stage.sample.files).find((name) =>
			name.endsWith(".csv"),
		) as string;
		const rows = fileOf(path).trimEnd().split("\n");
		await push({ [path]: `${rows.slice(0, -1).join("\n")}\n` });
		const told = await command(story, before);
		expect(told.reply).toContain("made anew from phase 4");
		await untilAsked(story, before);
		const fourth = story
			.comments()
			.filter(({ kind, data }) => kind === "phase" && data.phase === 4);
		expect(fourth.map(({ data }) => data.attempt)).toEqual([1, 2]);
		expect((await command(story, "/cancel")).taken).toBe(true);
	});

	it("with another configuration shows what became different; with a faulty one nothing is approved", async () => {
		const [, , , story] = moved as [Story, Story, Story, Story];
		const before = story.asked() ?? "";
		await push({ ".github/modelwright.yml": "budget: cheap\n" });
		const faulty = await command(story, before);
		expect(faulty.taken).toBe(false);
		expect(faulty.reply).toContain("budget");
		await push({ ".github/modelwright.yml": "budget: 12\n" });
		await command(story, before);
		await untilAsked(story, before);
		const changes = story
			.comments()
			.map(({ body }) => body)
			.join("\n");
		expect(changes).toContain("+ budget: 12");
		expect((await command(story, "/cancel")).taken).toBe(true);
	});
});
