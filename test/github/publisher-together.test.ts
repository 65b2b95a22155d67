// What belongs together goes to GitHub in one request, and loses nothing by it.
import {
	afterAll,
	beforeAll,
	beforeEach,
	describe,
	expect,
	test,
} from "vitest";
import type { CheckRequest } from "../../src/github/checks.ts";
import {
	crashed,
	crashingMemory,
	openStage,
	REPOSITORY,
	type Stage,
} from "./stage.ts";

const FOCI = ["code quality", "ml practices", "performance"];
const BATCH = "graphql/createCheckRun";

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(() => stage.forge.close());

/** The three of a review, with one annotation each. */
const review = async (
	externalId: string,
	more: Partial<CheckRequest> = {},
): Promise<CheckRequest[]> => {
	const headSha = await stage.head();
	stage.callsOf("");
	return FOCI.map((focus) => ({
		...{ name: `modelwright / ${focus}`, headSha, externalId },
		...({ status: "completed", conclusion: "neutral" } as const),
		...{ title: "1 finding", summary: "See the diff." },
		annotations: [annotation(1)],
		actions: [{ label: "Fix", description: "Fix it", identifier: "fix" }],
		...more,
	}));
};

const annotation = (line: number) => ({
	...{ path: "train.py", startLine: line, endLine: line },
	...{ level: "warning" as const, title: `F${line}`, message: "Look here" },
	details: "x = 1",
});

const runs = (externalId: string) =>
	[...stage.forge.repository(REPOSITORY).checkRuns.values()].filter(
		(run) => run.externalId === externalId,
	);
const names = (externalId: string) =>
	runs(externalId)
		.map(({ name }) => name)
		.sort();
const allNames = FOCI.map((focus) => `modelwright / ${focus}`);
const writes = () => {
	const { calls } = stage.forge;
	return calls.filter(({ write }) => write).length;
};

describe("the check runs of a review", () => {
	test("take one request, and read as if they had taken three", async () => {
		const before = writes();
		const posted = await stage.publisher.checks(await review("together"));
		expect(writes() - before).toBe(1);
		expect(names("together")).toEqual(allNames);
		expect(runs("together")[0]).toMatchObject({
			status: "completed",
			conclusion: "neutral",
			output: { title: "1 finding", summary: "See the diff." },
			annotations: [
				{
					path: "train.py",
					annotation_level: "warning",
					title: "F1",
					raw_details: "x = 1",
				},
			],
			actions: [{ identifier: "fix" }],
		});
		expect(posted.map(({ id }) => id)).toEqual(
			runs("together").map(({ id }) => id),
		);
	});

	test("are not posted again while they say the same", async () => {
		const before = writes();
		await stage.publisher.checks(await review("together"));
		expect(writes()).toBe(before);
	});

	test("are edited where one of them says something else", async () => {
		const [first, ...others] = await review("together");
		const changed = { ...(first as CheckRequest), title: "1 finding, fixed" };
		await stage.publisher.checks([changed, ...others]);
		expect(stage.callsOf("checks/update")).toBe(1);
		expect(runs("together").map(({ output }) => output.title)).toEqual([
			"1 finding, fixed",
			"1 finding",
			"1 finding",
		]);
	});

	test("exist once where GitHub made them and its answer was lost", async () => {
		stage.forge.faults.call(BATCH, { kind: "fail-afterwards" });
		await stage.publisher.checks(await review("lost"));
		expect(names("lost")).toEqual(allNames);
	});

	test("exist once where the process died before noting them", async () => {
		const publisher = stage.publisherWith(crashingMemory());
		const requests = await review("died");
		expect(await crashed(publisher.checks(requests))).toMatch(/killed/);
		await publisher.checks(requests);
		expect(names("died")).toEqual(allNames);
	});

	test("go one by one to a GitHub that does not take them together", async () => {
		stage.forge.faults.call(BATCH, { kind: "refuse" });
		await stage.publisher.checks(await review("refused"));
		expect(stage.callsOf("checks/create")).toBe(3);
		expect(names("refused")).toEqual(allNames);
	});

	test("do not fall with one of them", async () => {
		stage.forge.faults.call("checks/create", { kind: "fail", status: 502 });
		await stage.publisher.checks(await review("one"));
		expect(stage.callsOf("checks/create")).toBe(1);
		expect(names("one")).toEqual(allNames);
	});

	test("leave out of the one request what GitHub takes in parts only", async () => {
		const annotations = Array.from({ length: 60 }, (_, i) => annotation(i + 1));
		const [first, ...others] = await review("large");
		const large = { ...(first as CheckRequest), annotations };
		await stage.publisher.checks([large, ...others]);
		expect(
			runs("large")
				.map((run) => run.annotations.length)
				.sort(),
		).toEqual([1, 1, 60]);
	});
});

describe("finished pull requests", () => {
	let count = 0;
	let numbers: number[];
	beforeEach(async () => {
		numbers = await Promise.all([open(), open()]);
		stage.callsOf("");
	});

	async function open(): Promise<number> {
		count += 1;
		const branch = `modelwright/1/finished-${count}`;
		const head = await stage.head();
		const committed = await stage.publisher.commit({
			...{ branch, parent: head, message: "feat: one" },
			files: [{ path: `${count}.txt`, content: "one" }],
		});
		if (!committed.ok) throw new Error(committed.message);
		const text = { title: "One", body: "Part 1", base: "main" };
		const opened = await stage.publisher.pull({ ...text, branch });
		if (!opened.ok) throw new Error(opened.message);
		return opened.pull.number;
	}

	const finish = () =>
		stage.publisher.finishPulls(
			numbers.map((number) => ({ number, body: `Part 1 of ${number}` })),
		);
	const areFinished = () => {
		const { issues } = stage.forge.repository(REPOSITORY);
		for (const number of numbers)
			expect(issues.get(number)).toMatchObject({
				body: `Part 1 of ${number}`,
				pull: { draft: false },
			});
	};

	test("get their last text and leave draft in one request", async () => {
		const before = writes();
		expect(await finish()).toEqual([{ ok: true }, { ok: true }]);
		expect(writes() - before).toBe(1);
		areFinished();
	});

	test("need no further one", async () => {
		await finish();
		const before = writes();
		await finish();
		expect(writes()).toBe(before);
	});

	test("are finished singly where GitHub does not take them together", async () => {
		stage.forge.faults.call("graphql/updatePullRequest", { kind: "refuse" });
		expect(await finish()).toEqual([{ ok: true }, { ok: true }]);
		expect(stage.callsOf("pulls/update")).toBe(2);
		areFinished();
	});

	test("are finished where the answer was lost", async () => {
		const lost = { kind: "fail-afterwards" } as const;
		stage.forge.faults.call("graphql/updatePullRequest", lost);
		expect(await finish()).toEqual([{ ok: true }, { ok: true }]);
		areFinished();
	});
});

test("nothing of all this is outside GitHub's contract or our permissions", () => {
	expect(stage.forge.violations).toEqual([]);
	expect(stage.undeclaredCalls()).toEqual([]);
});
