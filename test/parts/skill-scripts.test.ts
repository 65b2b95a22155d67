// The scripts of the skills, run as a person would: arguments in, JSON out.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SKILLS } from "../../src/skills/catalog.ts";
import { hasLibrary, hasPython, PYTHON } from "../support/python.ts";

const SCRIPTS = SKILLS.flatMap(({ name, files }) =>
	files.filter((file) => file.endsWith(".py")).map((f) => `${name}/${f}`),
);

const place = (script: string) =>
	new URL(`../../src/skills/${script}`, import.meta.url).pathname;

interface Ran {
	readonly status: number;
	readonly text: string;
}

const run = (script: string, args: readonly string[]) =>
	new Promise<Ran>((resolve) =>
		execFile(PYTHON, [place(script), ...args], (error, text) =>
			resolve({ status: error ? Number(error.code) : 0, text }),
		),
	);

const answer = async (script: string, args: readonly string[]) =>
	JSON.parse((await run(script, args)).text);

let folder = "";
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "skill-script-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function table(name: string, lines: readonly string[]): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, `${lines.join("\n")}\n`);
	return path;
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);

describe.skipIf(!hasPython)("with Python at hand", { timeout: 180_000 }, () => {
	test.each(SCRIPTS)("%s explains itself", async (script) => {
		const { status, text } = await run(script, ["--help"]);
		expect(status).toBe(0);
		expect(text).toMatch(/^usage: /);
	});
});

describe.skipIf(!hasPython)("choose_splitter", () => {
	const choose = (...args: string[]) =>
		answer("scikit-learn/scripts/choose_splitter.py", args);

	test("keeps the rows of a customer together, and the classes even", async () => {
		const rows = range(60).map((i) => `${i % 20},${i},${i % 3 === 0 ? 1 : 0}`);
		const path = await table("g.csv", ["customer_id,tenure,churned", ...rows]);
		expect(await choose(path, "--target", "churned")).toMatchObject({
			splitter: "StratifiedGroupKFold",
			arguments: { n_splits: 5, shuffle: true, random_state: 0 },
			group: "customer_id",
			classes: { "0": 40, "1": 20 },
		});
	});

	test("takes no group where each id stands once", async () => {
		const rows = range(60).map((i) => `${i},${i * 0.37}`);
		const path = await table("k.csv", ["customer_id,price", ...rows]);
		expect(await choose(path, "--target", "price")).toMatchObject({
			splitter: "KFold",
			group: null,
			classes: null,
		});
	});

	test("lets the past predict the future, and says when rows are out of order", async () => {
		const day = (i: number) => `2024-01-${String(28 - i).padStart(2, "0")}`;
		const rows = range(28).map((i) => `${day(i)},${i % 2}`);
		const path = await table("t.csv", ["sold_at,y", ...rows]);
		const found = await choose(path, "--target", "y");
		expect(found).toMatchObject({
			splitter: "TimeSeriesSplit",
			time: "sold_at",
		});
		expect(found.warnings.join()).toContain("sort before splitting");
	});

	test("names the columns there are when asked for another", async () => {
		const path = await table("c.csv", ["a,b", "1,2"]);
		const script = "scikit-learn/scripts/choose_splitter.py";
		const { status, text } = await run(script, [path, "--target", "c"]);
		expect(status).toBe(2);
		expect(JSON.parse(text).error).toBe("no column 'c'; there are a, b");
	});
});

describe.skipIf(!hasLibrary("scipy"))("compare", { timeout: 360_000 }, () => {
	const SCRIPT = "statistical-analysis/scripts/compare.py";
	const compare = (...args: string[]) => answer(SCRIPT, args);

	test("finds a difference of means with interval and size", async () => {
		const noise = (i: number) => Math.sin(i * 12.9898) * 2;
		const rows = range(80).map((i) => `${(i % 2) + noise(i)},${i % 2}`);
		const path = await table("m.csv", ["v,g", ...rows]);
		const found = await compare("means", path, "--value", "v", "--group", "g");
		expect(found.interval[0]).toBeLessThan(found.difference);
		expect(found.interval[1]).toBeGreaterThan(found.difference);
		expect(found.p).toBeLessThan(0.05);
		expect(found.hedges_g).toBeGreaterThan(0.3);
	});

	test("counts units and not rows", async () => {
		const gap = (unit: number) => Math.sin(unit * 78.233) + 0.3;
		const row = (i: number) => `0,${gap(Math.floor(i / 10))},u${i % 10}`;
		const rows = range(100).map((i) => `${row(i)},c${Math.floor(i / 10)}`);
		const path = await table("p.csv", ["a,b,x,c", ...rows]);
		const args = ["pairs", path, "--first", "a", "--second", "b"];
		const [byRow, byUnit] = await Promise.all([
			compare(...args),
			compare(...args, "--unit", "c"),
		]);
		expect(byRow.difference).toBeCloseTo(byUnit.difference);
		expect(byUnit.units).toBe(10);
		expect(byUnit.p).toBeGreaterThan(byRow.p);
	});

	test("plans as the tables do, and tests few hits exactly", async () => {
		const [means, shares, few] = await Promise.all([
			compare("power", "--effect", "0.5"),
			compare("power", "--base", "0.1", "--lift", "0.02"),
			compare("shares", "1", "20", "8", "20"),
		]);
		expect(means.rows_per_arm).toBe(64);
		expect(shares.rows_per_arm).toBe(3839);
		expect(few.test).toBe("Fisher's exact");
		expect(few.p).toBeCloseTo(0.0197, 3);
	});

	test("says which value is no number and which line is short", async () => {
		const fault = async (name: string, ...lines: string[]) => {
			const path = await table(name, ["v,g", ...lines]);
			const args = ["means", path, "--value", "v", "--group", "g"];
			const { status, text } = await run(SCRIPT, args);
			expect(status).toBe(2);
			return JSON.parse(text).error;
		};
		expect(await fault("n.csv", "1,a", "x,b")).toContain("'x'");
		expect(await fault("s.csv", "1,a", "2")).toMatch(/line 3 .* shorter/);
	});
});

describe.skipIf(!hasLibrary("torch"))(
	"train_tbptt",
	{ timeout: 360_000 },
	() => {
		const SCRIPT = "tbptt-training/scripts/train_tbptt.py";

		test("learns the toy task, the same way for the same seed", async () => {
			const learn = async () => {
				const { peak_memory_mb, ...learned } = await answer(SCRIPT, []);
				return learned;
			};
			const [first, again] = await Promise.all([learn(), learn()]);
			expect(first).toEqual(again);
			expect(first.loss_first).toBeGreaterThan(0.8);
			expect(first.loss_last).toBeLessThan(0.1);
			expect(first.loss_validation).toBeLessThan(0.1);
		});

		test("cannot learn what lies beyond its window, when windows are that short", async () => {
			const args = ["--delay", "20", "--window", "2", "--epochs", "4"];
			const { loss_validation } = await answer(SCRIPT, args);
			expect(loss_validation).toBeGreaterThan(0.8);
		});

		test("needs no more memory for a sequence ten times longer", async () => {
			const peak = async (steps: string) => {
				const args = ["--steps", steps, "--epochs", "1"];
				return (await answer(SCRIPT, args)).peak_memory_mb;
			};
			const short = await peak("4000");
			expect(short).toBeGreaterThan(50);
			// A trainer that keeps every window's graph needs some 55 MB more.
			expect(await peak("40000")).toBeLessThan(short + 25);
		});

		test("predicts a column of a file better than its last value does", async () => {
			const wave = range(600).map((i) => Math.sin(i / 2).toFixed(5));
			const path = await table("s.csv", ["v", ...wave]);
			const csv = ["--csv", path, "--column", "v", "--streams", "4"];
			const found = await answer(SCRIPT, csv);
			expect(found.loss_validation).toBeLessThan(
				found.loss_of_repeating_the_last_value / 4,
			);
		});
	},
);
