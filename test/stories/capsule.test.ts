// A capsule in the repository prepares a task; a broken one says what to mend.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setStage } from "../../src/cli/demo/stage.ts";
import { buildSample } from "../../src/local/sample/sample.ts";
import { churnAnswers } from "../../src/local/scripted-model/answers/churn.ts";
import type { ModelRequest } from "../../src/local/scripted-model/server/request.ts";
import { freshDatabase } from "../support/databases.ts";
import { pushFiles } from "../support/push-files.ts";
import { type Story, tellOn } from "../support/story.ts";

const SEED = 42;
const file = (slug: string) => `.phase0/capsules/${slug}/capsule.yaml`;
const late = /ARRIVES_LATE = \("(\w+)"/.exec(
	String(buildSample(SEED).files["churn/columns.py"]),
)?.[1];

const CHURN = `version: "1.0"
created: 2026-11-20T09:00:00Z
slug: churn
goal: |
  Rank customers by the probability that they leave next month.
constraints: [Nothing beyond the standard library]
success_criteria:
  - PR-AUC clearly above the logistic baseline
  - tests_pass: true
context:
  key_files:
    - { path: churn/baseline.py, reason: The model to beat }
questions:
  decisions_made:
    - question: Is ${late} known on the day customers are scored?
      answer: No, leave it out.
handoff:
  recommended_command: ml-dev
  args: --capsule churn
  reasoning: All is prepared.
risks:
  - { severity: high, description: A rate is computed before the split }
`;

/** What agents were asked, as the model got it. */
const seen: ModelRequest[] = [];
const isPrepared = ({ userText }: ModelRequest) =>
	userText.includes("--capsule churn");

let prepared: Story;
let mended: Story;
let misspelt: Story;

const of = (story: Story, kind: string) =>
	story.comments().flatMap((one) => (one.kind === kind ? one.body : []));

beforeAll(async () => {
	const stage = await setStage({
		databaseUrl: await freshDatabase(),
		seed: SEED,
		rules: [
			{ name: "listens", when: (request) => seen.push(request) < 0 },
			...churnAnswers,
		],
		files: {
			[file("churn")]: CHURN,
			[file("flat")]: "goal: Rank customers\nrisk: it leaks\n",
		},
	});
	prepared = await tellOn(stage, { title: "Churn --capsule churn" });
	mended = await tellOn(stage, { body: "Please.\n\n--capsule flat" });
	misspelt = await tellOn(stage, { body: "Use `--capsule ../../etc`." });
	await mended.until(
		"the fault is told",
		() => of(mended, "trouble").length > 0,
	);
	await pushFiles(stage, {
		[file("flat")]:
			"goal: Rank customers\nrisks: it leaks\nkey_files: [churn/split.py]\n",
	});
	await mended.say("alice", mended.asked() ?? "");
	for (const story of [prepared, mended])
		await story.until("phase 1 is told", () => of(story, "phase").length > 0);
	await misspelt.until(
		"the slug is refused",
		() => of(misspelt, "trouble").length > 0,
	);
}, 180_000);

afterAll(() => prepared?.stage.close());

describe("a capsule that the title names", () => {
	it("is announced, and shown in full", () => {
		const [first = ""] = of(prepared, "phase");
		expect(first).toContain("Loaded capsule: `churn`");
		expect(first).toContain("A rate is computed before the split");
	});

	it("answers what would be asked else", () => {
		const [first = ""] = of(prepared, "phase");
		expect(first).toMatch(/\| problem \| Rank customers by .* \| capsule \|/);
		expect(first).toMatch(/\| success metrics \| PR-AUC .* \| capsule \|/);
		expect(first).toMatch(/\| constraints \| Nothing beyond .* \| capsule \|/);
		expect(first).toMatch(/\| deployment target \| .* \| issue \|/);
		expect(first).not.toContain("/answer");
		// Without its decision the explorer's question stands.
		expect(of(mended, "phase")[0]).toContain(`Is ${late} known`);
	});

	it("reaches the explorer as quoted data, and phase 3 with its risks", async () => {
		await prepared.until(
			"phase 3 is told",
			() => of(prepared, "phase").length > 2,
		);
		const texts = (phase: number) =>
			seen.filter((request) => request.phase === phase && isPrepared(request));
		expect(texts(1)[0]?.brief).toContain(`<file path="${file("churn")}">`);
		expect(texts(3)[0]?.userText).toContain("A rate is computed before");
	});
});

describe("a capsule with a fault", () => {
	it("stops phase 1 with file, line, key and the way on", () => {
		const [told = ""] = of(mended, "trouble");
		expect(told).toContain(file("flat"));
		expect(told).toContain("line 2, risk: this key is not known");
		expect(told).toContain("on the default branch, then `/retry`");
	});

	it("is read anew on /retry, as it then stands on the default branch", () => {
		expect(of(mended, "phase")[0]).toContain("Loaded capsule: `flat`");
	});

	it("is not looked for outside of its folder", () => {
		expect(of(misspelt, "trouble")[0]).toMatch(/names no capsule/);
	});
});
