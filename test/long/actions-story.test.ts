// A whole run whose code runs on the repository's own runners alone, while
// answers get lost, word comes twice and the server dies in the middle.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/cli/demo/outcome.ts";
import { listRefs } from "../../src/local/forge/git/refs.ts";
import { git, tryGit } from "../../src/local/forge/git/run.ts";
import {
	WORKFLOW,
	WORKFLOW_PATH,
} from "../../src/views/onboarding/workflow.ts";
import { resultOf } from "../support/commands.ts";
import { type Story, tellStory } from "../support/story.ts";

const DATA = "data/customers.csv";

describe("a repository that offers its own runners", () => {
	let story: Story;
	let state: string;
	const repository = () => story.stage.forge.repository(story.stage.repository);
	const runs = () => [...repository().workflowRuns.values()];
	const evaluations = () =>
		runs().filter(({ title }) => / phase 11\.\d+ evaluate /.test(title));

	beforeAll(async () => {
		story = await tellStory({
			runner: "actions",
			files: {
				[WORKFLOW_PATH]: WORKFLOW,
				".github/modelwright.yml": "runner: actions\n",
			},
		});
		const { forge } = story.stage;
		forge.faults.call(
			"actions/create-workflow-dispatch",
			{ kind: "fail-afterwards" },
			2,
		);
		forge.faults.deliver("workflow_run", "duplicate", 3);
		forge.faults.deliver("workflow_run", "drop");
		const ended = story.toTheEnd();
		await story.until("the evaluation begins", () => evaluations().length > 0);
		story.stage.app.child.kill("SIGKILL");
		await story.stage.restart();
		state = await ended;
	}, 900_000);
	afterAll(() => story.close());

	it("comes to its end with a verdict, and says where it was reached", async () => {
		expect(state).toBe("delivered");
		const { evaluation } = await outcomeOf(story.stage, story.issue, 0);
		expect(evaluation).toMatchObject({ verdict: "PASS" });
		const results = resultOf(story, 11);
		expect(results).toMatch(/ran on actions, the repository's own runners/);
		expect(results).toMatch(/\(logs: \[1\]\(http\S+\/actions\/runs\/\d+\)/);
		expect(results).not.toMatch(/ran on wasm/);
	});

	it("started no job twice, whatever got lost", async () => {
		const names = runs().map(({ title }) => title);
		expect(new Set(names).size).toBe(names.length);
		const trees = await Promise.all(
			evaluations().map(({ inputs }) =>
				git(repository().directory, "rev-parse", `${inputs.commit}^{tree}`),
			),
		);
		expect(trees.length).toBeGreaterThan(2);
		expect(new Set(trees).size).toBe(trees.length);
		expect(
			evaluations().every(({ conclusion }) => conclusion === "success"),
		).toBe(true);
	});

	it("sends training rows alone: no held-out row goes along with its label", async () => {
		const { directory } = repository();
		const rowsOf = async (place: string) =>
			(await git(directory, "show", place)).trim().split("\n").slice(1);
		const all = await rowsOf(`main:${DATA}`);
		const commits = evaluations().map(({ inputs }) => inputs.commit ?? "");
		const sent = new Set(await rowsOf(`${commits[0]}:files/${DATA}`));
		const heldOut = all.filter((row) => !sent.has(row));
		expect(heldOut.length).toBeGreaterThan(all.length / 10);
		const patterns = heldOut.flatMap((row) => ["-e", row]);
		for (const commit of commits) {
			const found = await tryGit(directory, [
				"grep",
				"-F",
				...patterns,
				commit,
			]);
			expect(found).toMatchObject({ code: 1, stderr: "" });
		}
	});

	it("leaves no job's files in the repository, and kept to GitHub's contract", async () => {
		const refs = [...(await listRefs(repository().directory)).keys()];
		expect(refs.filter((ref) => !ref.startsWith("refs/heads/"))).toEqual([]);
		expect(story.stage.forge.violations).toEqual([]);
	});
});
