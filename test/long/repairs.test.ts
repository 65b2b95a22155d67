// An adapter that breaks only at the size of the real evaluation, and a person
// who asks for something else while findings wait: both end in commits on one
// pull request each, through the real stack.
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { churnAnswers } from "../../src/local/scripted-model/answers/churn.ts";
import {
	asReply,
	type Block,
	call,
} from "../../src/local/scripted-model/server/reply.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import { ADAPTER } from "../../src/ml/evaluation/trials.ts";
import { type Story, tellStory } from "../support/story.ts";

const PARSED = "    args = parser.parse_args(arguments)\n";
const BREAKS = `    if args.step == "predict" and len(open(args.features).readlines()) > 200:
        raise MemoryError("too many rows")
`;

type Files = { path: string; content: string }[];

/** The scripted writer's own answer, with a fault added to its adapter. */
const spoiled: Rule = {
	name: "an adapter that breaks on many rows",
	when: { assignment: "write-integration" },
	async reply(request) {
		const honest = churnAnswers.find(
			({ name }) => name === "write: write-integration",
		)?.reply;
		if (typeof honest !== "function") throw new Error("no such rule");
		const { content } = asReply(await honest(request));
		return content.map((block): Block => {
			if (block.type !== "tool_use" || !block.name.startsWith("submit_"))
				return block;
			const input = block.input as { files: Files };
			const files = input.files.map(({ path, content }) => ({
				path,
				content:
					path === ADAPTER
						? content.replace(PARSED, `${PARSED}${BREAKS}`)
						: content,
			}));
			return { ...block, input: { ...input, files } };
		});
	},
};

const change = (title: string, path: string, replacements: unknown[]) =>
	call("submit_change", {
		title,
		why: "It was asked for.",
		what: [title],
		files: [{ path, content: `"""${title}."""\n` }],
		replacements,
	});

const mended: Rule = {
	name: "the repair",
	when: { assignment: "repair-1" },
	reply: () => [
		change("Predict any number of rows", "tests/rows.py", [
			{ path: ADAPTER, quote: BREAKS, replacement: "" },
		]),
	],
};

const remarked: Rule = {
	name: "what a remark asks for",
	when: {
		assignment: "write-fixes",
		user: "While the review's findings wait for a decision",
	},
	reply: () => [change("Say what the ridge is", "churn/notes.py", [])],
};

let story: Story;
let ended: string;

const phase = (number: number) =>
	story
		.comments()
		.filter(({ kind, data }) => kind === "phase" && data.phase === number);

/** Says a command at phase 10's gate and waits until it has led to a new attempt. */
async function atFindings(command: string) {
	const before = phase(10).length;
	await story.until(
		"findings wait",
		() =>
			story.standing()?.state === "waiting" && story.standing()?.phase === 10,
	);
	await story.say("alice", command);
	await story.until(`${command} is done`, () => phase(10).length > before);
}

const git = (...args: string[]) => {
	const { directory } = story.stage.forge.repository(story.stage.repository);
	return execFileSync("git", ["--git-dir", directory, ...args], {
		encoding: "utf8",
	}).trim();
};

beforeAll(async () => {
	story = await tellStory({
		rules: [spoiled, mended, remarked, ...churnAnswers],
	});
	await story.answerGate(6);
	await story.until("the review is posted", () => phase(10).length > 0);
	await atFindings("/revise Say what the ridge is for");
	await atFindings("/fix F1");
	ended = await story.toTheEnd();
}, 900_000);

afterAll(() => story?.close());

describe("a remark while findings wait", () => {
	it("and the fix that follows are two commits of one pull request, one built on the other", async () => {
		const [branch] = git(
			"branch",
			"--list",
			"*10-fixes",
			"--format=%(refname:short)",
		).split("\n");
		expect(
			git("log", "--format=%s", `${branch}~2..${branch}`).split("\n"),
		).toEqual(["fix: fix what the review found", "fix: say what the ridge is"]);
		expect(git("show", `${branch}:churn/notes.py`)).toContain("ridge");
		const pulls = await story.stage.forge.pulls(story.stage.repository);
		expect(pulls.filter(({ head }) => head === branch)).toHaveLength(1);
		expect(phase(10)[1]?.body).toContain("`/fix all`");
	});
});

describe("an adapter that breaks at full size", () => {
	it("is mended in one round on a pull request of phase 11, and then judged once", () => {
		expect(ended).toBe("delivered");
		const [results] = phase(11);
		expect(results?.data.facts).toMatchObject({
			verdict: "PASS",
			rounds: 1,
			scored: 1,
		});
		expect(results?.body).toContain("the model's run did not finish");
		const head = git("rev-parse", "modelwright/1/11-repairs");
		expect(git("show", `${head}:${ADAPTER}`)).not.toContain("MemoryError");
	});

	it("leaves the repair on top of the stack, with the model card and the word that closes the issue", async () => {
		const pulls = await story.stage.forge.pulls(story.stage.repository);
		expect(pulls).toHaveLength(5);
		const top = pulls.at(-1);
		expect(top).toMatchObject({
			head: "modelwright/1/11-repairs",
			draft: false,
		});
		expect(top?.files.map(({ path }) => path)).toContain("MODEL_CARD.md");
		expect(story.stage.forge.violations).toEqual([]);
	});
});
