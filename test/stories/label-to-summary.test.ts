// The whole story once, end to end: a label, people who may and may not, twelve
// phases, pull requests, annotations, a verdict and a model card.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/cli/demo/outcome.ts";
import { PHASE_NAMES } from "../../src/reports/workflow.ts";
import { type Story, tellStory } from "../support/story.ts";

let story: Story;
let ended: string;
/** What the issue showed while the design waited for its approval. */
let atGate: { status: string; design: string };
/** What phase 10 showed before anybody decided. */
let atFindings: string;
const reactionsTo: Record<string, string[]> = {};

const reactions = (comment: number) =>
	[
		...(story.stage.forge
			.repository(story.stage.repository)
			.comments.get(comment)
			?.reactions.values() ?? []),
	].map(({ content }) => content);

const bodies = (kind: string) =>
	story
		.comments()
		.filter((comment) => comment.kind === kind)
		.map(({ body }) => body);

beforeAll(async () => {
	story = await tellStory();
	const { forge, repository } = story.stage;
	await story.until(
		"the design waits for its approval",
		() => story.standing()?.state === "waiting",
	);
	const command = story.asked() ?? "";
	atGate = {
		status: bodies("status")[0] ?? "",
		design: bodies("phase").at(-1) ?? "",
	};

	const quiet = [
		await story.say("alice", `> ${command}`),
		await story.say("alice", `\`\`\`\n${command}\n\`\`\``),
		await story.say("alice", "What does the digest cover?"),
	];
	await forge.acts.editComment(repository, quiet[2]?.id ?? 0, "alice", command);
	const byReader = await story.say("bob", command);
	const stale = await story.say("carol", "/approve 00000000");
	await story.until("the refused were told", () =>
		[byReader, stale].every(({ id }) => reactions(id).includes("confused")),
	);
	reactionsTo.quiet = quiet.flatMap(({ id }) => reactions(id));
	expect(story.standing()?.state).toBe("waiting");

	const approval = await story.say("carol", command);
	await story.until("the approval is taken", () =>
		reactions(approval.id).includes("rocket"),
	);
	const delivery = forge.deliveries.findLast(
		({ event, body }) =>
			event === "issue_comment" && body.includes(`"id":${approval.id},`),
	);
	forge.redeliver(delivery?.guid ?? "");
	const again = await story.say("alice", command);
	await story.until("the second approval is noticed", () =>
		reactions(again.id).includes("rocket"),
	);

	await story.until("findings wait for a decision", () => {
		const now = story.standing();
		return now?.state === "waiting" && now.phase === 10;
	});
	atFindings = bodies("phase").at(-1) ?? "";
	const fix = await story.say("carol", "/fix F1,F3");
	await story.until("the choice is taken", () =>
		reactions(fix.id).includes("rocket"),
	);
	await story.until(
		"the fixes are made",
		() => story.standing()?.state !== "waiting",
	);

	ended = await story.toTheEnd();
	await forge.idle();
}, 360_000);

afterAll(() => story?.close());

describe("a labelled issue", () => {
	it("is taken through all twelve phases", () => {
		expect(ended).toBe("delivered");
		const done = bodies("phase").join("\n");
		PHASE_NAMES.forEach((name, i) => {
			expect(done).toContain(`**Phase ${i + 1} of 12: ${name}**`);
		});
		expect(done).toContain("Next: Done!");
	});

	it("has one status comment, whose checklist ends complete", () => {
		expect(bodies("status")).toHaveLength(1);
		expect(bodies("status")[0]?.match(/^- \[x\]/gm)).toHaveLength(12);
	});

	it("shows the design's digest first and waits", () => {
		expect(/`([^`]+)`/.exec(atGate.design)?.[1]).toMatch(
			/^\/approve [0-9a-f]{8}$/,
		);
		expect(atGate.status.match(/^- \[x\]/gm)).toHaveLength(5);
		expect(atGate.status).toContain("- [ ] ▶ 6 Evaluation Strategy");
	});

	it("keeps to GitHub's published contract", () => {
		expect(story.stage.forge.violations).toEqual([]);
	});
});

describe("an approval", () => {
	it("is not read out of quotes, code, chat or edits", () => {
		expect(reactionsTo.quiet).toEqual([]);
	});

	it("of a reader, or of another digest, is refused with a reason", () => {
		const replies = bodies("reply").join("\n");
		expect(replies).toMatch(/`bob`.*read access/);
		expect(replies).toMatch(/`carol`.*not what waits/);
	});

	it("counts once, delivered twice or given twice", () => {
		const seventh = bodies("phase").filter((body) =>
			body.includes("**Phase 7 of 12"),
		);
		expect(seventh).toHaveLength(1);
	});
});

describe("the pull requests", () => {
	it("are four, stacked, and out of draft only at the end", async () => {
		const { pullRequests } = await outcomeOf(story.stage, story.issue, 0);
		expect(pullRequests).toHaveLength(4);
		expect(pullRequests.map(({ base }) => base)).toEqual([
			"main",
			...pullRequests.slice(0, 3).map(({ head }) => head),
		]);
		expect(pullRequests.every(({ files }) => files > 0)).toBe(true);
	});

	it("carry review checks whose annotations include the planted leak", async () => {
		const { checkRuns } = await outcomeOf(story.stage, story.issue, 0);
		const reviews = checkRuns.filter(
			({ name }) => !name.includes("evaluation"),
		);
		expect(reviews.length).toBeGreaterThanOrEqual(3);
		const all = [
			...story.stage.forge
				.repository(story.stage.repository)
				.checkRuns.values(),
		].flatMap(({ annotations }) => annotations);
		expect(all.length).toBeGreaterThanOrEqual(3);
		const { leak } = story.stage.sample.truth;
		expect(all).toContainEqual(
			expect.objectContaining({
				path: leak.path,
				title: expect.stringContaining("LEAK02"),
			}),
		);
	});

	it("show no finding below the posting confidence, and none that is not in the code", () => {
		const all = [
			...story.stage.forge
				.repository(story.stage.repository)
				.checkRuns.values(),
		].flatMap(({ annotations }) => annotations);
		for (const { title } of all)
			expect(
				Number(/· (\d+)[ :·]/.exec(title ?? "")?.[1]),
			).toBeGreaterThanOrEqual(80);
		expect(bodies("phase").join("\n")).toMatch(
			/1 below confidence 80, 1 whose quote stands nowhere/,
		);
	});
});

describe("the findings", () => {
	/** Of the newest comment of a phase. */
	const shown = (phase: number) =>
		bodies("phase").findLast((body) =>
			body.includes(`**Phase ${phase} of 12`),
		) ?? "";

	it("are grouped, the gravest first, each with a link to its line", () => {
		const grades = [
			...atFindings.matchAll(/^\W*(critical|high|medium|low)\W* \(\d+\)$/gm),
		];
		expect(grades.map(([, grade]) => grade)).toEqual([
			"critical",
			"medium",
			"low",
		]);
		const rows = atFindings.match(/^\| F\d+ \|.*$/gm) ?? [];
		expect(rows.length).toBeGreaterThanOrEqual(3);
		for (const row of rows)
			expect(row).toMatch(
				/\[`\S+:\d+`\]\(http\S+\/blob\/[0-9a-f]{40}\/\S+#L\d+/,
			);
	});

	it("are fixed as chosen; the others are left, and by whom is said", () => {
		const decided = shown(10);
		expect(decided).toContain("**Fixed:** F1, F3 in");
		expect(decided).toMatch(/\*\*Left as they are:\*\* F2, .*`carol` decided/);
		const summary = shown(12);
		expect(summary).toMatch(/F2 .*left as it is by carol/);
		expect(summary).not.toMatch(/F[13] .*left as it is/);
	});

	it("leave a summary with next steps under four headings", () => {
		for (const topic of [
			"Hyper-parameter tuning",
			"Production deployment",
			"Monitoring",
			"A/B testing",
		])
			expect(shown(12)).toContain(`**${topic}**`);
		expect(shown(12)).toContain("churn/boosting.py (created)");
		expect(shown(12)).toMatch(/\.py \(modified\)/);
	});
});

describe("the verdict", () => {
	it("says what was run and how often the held-out rows were looked at", () => {
		const results = bodies("phase").findLast((body) =>
			body.includes("**Phase 11 of 12"),
		);
		expect(results).toMatch(/- Unit tests: \d+ tests passed/);
		expect(results).toMatch(/- Integration, .*: passed/);
		expect(results).toContain("held-out part scored 1 time in this run");
		expect(results).toContain("gradient flow –");
	});

	it("is computed with an interval and a baseline", async () => {
		const { evaluation } = await outcomeOf(story.stage, story.issue, 0);
		const { metric, value, interval, baseline, verdict } = evaluation as {
			metric: string;
			value: number;
			interval: [number, number];
			baseline: number;
			verdict: string;
		};
		expect(metric).toBe("pr_auc");
		expect(verdict).toBe("PASS");
		expect(interval[0]).toBeLessThan(value);
		expect(interval[1]).toBeGreaterThan(value);
		expect(value).toBeGreaterThan(baseline);
	});
});
