import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placesIn } from "../../src/github/diff-places.ts";
import type { Publisher } from "../../src/github/publisher.ts";
import type { Remark } from "../../src/views/review.ts";
import {
	crashed,
	crashingMemory,
	openStage,
	REPOSITORY,
	SECRET,
	type Stage,
} from "./stage.ts";

const lines = (count: number, word = "line") =>
	`${Array.from({ length: count }, (_, i) => `${word} ${i + 1}`).join("\n")}\n`;
/** Changed in line 10 and in line 80: two hunks. */
const edited = lines(100)
	.replace("line 10\n", "line ten\n")
	.replace("line 80\n", "line eighty\n");

let stage: Stage;
let pull: number;
let headSha: string;

beforeAll(async () => {
	stage = await openStage();
	await stage.forge.acts.push(REPOSITORY, "alice", {
		"long.py": lines(100),
		"old name.py": lines(40, "kept"),
		"moved.py": lines(40, "same"),
	});
	const committed = await stage.publisher.commit({
		branch: "modelwright/1/7-model",
		parent: await stage.head(),
		message: "Change much",
		files: [
			{ path: "long.py", content: edited },
			{ path: "huge.csv", content: lines(20_001) },
			{
				path: "new name.py",
				content: lines(40, "kept").replace("kept 20\n", "kept twenty\n"),
			},
			{ path: "elsewhere.py", content: lines(40, "same") },
		],
		deletions: ["old name.py", "moved.py"],
	});
	if (!committed.ok) throw new Error(committed.message);
	headSha = committed.sha;
	const opened = await stage.publisher.pull({
		branch: "modelwright/1/7-model",
		...{ base: "main", title: "A model", body: "It predicts." },
	});
	if (!opened.ok) throw new Error(opened.message);
	pull = opened.pull.number;
});
afterAll(() => stage.forge.close());

const at = (path: string, startLine: number, endLine = startLine): Remark => ({
	...{ path, startLine, endLine },
	comment: `About ${path}:${startLine}\n\n\`\`\`suggestion\nbetter\n\`\`\``,
	inShort: `In short of ${path}:${startLine}`,
});

const IN_DIFF = [at("long.py", 9, 11), at("new name.py", 20)];
const OUTSIDE = [
	at("long.py", 40),
	at("long.py", 10, 80),
	at("long.py", 4_000),
	at("huge.csv", 3),
	at("elsewhere.py", 5),
	at("old name.py", 5),
	at("nowhere.py", 1),
];

const post = (
	key: string,
	remarks: readonly Remark[],
	publisher: Publisher = stage.publisher,
) => publisher.review(pull, headSha, { key, intro: "Two things.", remarks });

const reviews = (key: string) => {
	const { reviews, reviewComments } = stage.forge.repository(REPOSITORY);
	return [...reviews.values()]
		.filter(({ body }) => body.includes(`"key":"${key}"`))
		.map(({ id, body, state }) => ({
			...{ body, state },
			comments: [...reviewComments.values()]
				.filter(({ reviewId }) => reviewId === id)
				.map(({ path, startLine, line, body }) => ({
					...{ path, startLine, line, body },
				})),
		}));
};

describe("a review", () => {
	test("comments where the lines lie in the diff, and says the rest in words", async () => {
		await post("mixed", [...IN_DIFF, ...OUTSIDE]);
		const [review, ...more] = reviews("mixed");
		expect(more).toEqual([]);
		expect(review?.state).toBe("COMMENTED");
		expect(review?.comments).toMatchObject([
			{ path: "long.py", startLine: 9, line: 11 },
			{ path: "new name.py", startLine: null, line: 20 },
		]);
		expect(review?.comments[0]?.body).toContain("```suggestion\nbetter\n```");
		for (const { inShort } of OUTSIDE)
			expect(review?.body).toContain(`- ${inShort}`);
		expect(review?.body).not.toContain(IN_DIFF[0]?.inShort);
	});

	test("without a line in the diff is none: the annotations say it", async () => {
		await post("outside", OUTSIDE);
		expect(reviews("outside")).toEqual([]);
	});

	test("is said in words where GitHub sees another diff than it listed", async () => {
		const refusal = { kind: "fail", status: 422 } as const;
		stage.forge.faults.call("pulls/create-review", refusal);
		await post("refused", IN_DIFF);
		expect(reviews("refused")).toMatchObject([{ comments: [] }]);
		expect(reviews("refused")[0]?.body).toContain("In short of long.py:9");
	});

	test("that GitHub takes in no form stops nothing", async () => {
		const refusal = { kind: "fail", status: 422 } as const;
		stage.forge.faults.call("pulls/create-review", refusal, 2);
		await post("never", IN_DIFF);
		await post("never", IN_DIFF);
		expect(reviews("never")).toEqual([]);
	});

	test("is posted once: asked again, its answer lost, or the process killed before noting it", async () => {
		await post("once", IN_DIFF);
		await post("once", IN_DIFF);
		stage.forge.faults.call("pulls/create-review", { kind: "fail-afterwards" });
		await post("lost", IN_DIFF);
		const publisher = stage.publisherWith(crashingMemory());
		expect(await crashed(post("died", IN_DIFF, publisher))).toMatch(/killed/);
		await post("died", IN_DIFF, publisher);
		for (const key of ["once", "lost", "died"])
			expect(reviews(key), key).toHaveLength(1);
	});

	test("carries no secret and mentions nobody", async () => {
		const said = `see ${SECRET} @alice`;
		await stage.publisher.review(pull, headSha, {
			...{ key: "secret", intro: said },
			remarks: [...IN_DIFF, ...OUTSIDE].map((remark) => ({
				...{ ...remark, comment: said, inShort: said },
			})),
		});
		const told = JSON.stringify(reviews("secret"));
		expect(told).not.toContain(SECRET);
		expect(told).not.toContain("@alice");
	});
});

test("lines that a hunk only takes away are no place for a comment", () => {
	const patch = "@@ -3,2 +2,0 @@\n-a\n-b\n@@ -9 +7 @@\n-c\n+d";
	const isPlace = placesIn([{ path: "a.py", patch }, { path: "b.bin" }]);
	const on = (path: string, startLine: number) =>
		isPlace({ path, startLine, endLine: startLine });
	expect([on("a.py", 2), on("a.py", 7), on("a.py", 8), on("b.bin", 1)]).toEqual(
		[false, true, false, false],
	);
});

test("nothing of all this is outside GitHub's contract or our permissions", () => {
	expect(stage.forge.violations).toEqual([]);
	expect(stage.undeclaredCalls()).toEqual([]);
});
