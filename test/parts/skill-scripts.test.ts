// The scripts of the skills, run as a person would: arguments in, JSON out.
import { describe, expect, test } from "vitest";
import { SKILLS } from "../../src/skills/catalog.ts";
import { useScripts } from "../support/scripts.ts";

const TRAINER = "tbptt-training/scripts/train_tbptt.py";
const SCRIPTS = SKILLS.flatMap(({ name, files }) =>
	files.filter((file) => file.endsWith(".py")).map((f) => `${name}/${f}`),
).filter((script) => script !== TRAINER);

const { has, run, answer, table, isPicture } = useScripts(SCRIPTS, [
	"shap",
	"umap",
]);
const range = (n: number) => Array.from({ length: n }, (_, i) => i);
/** From -1 to 1, the same for ever. */
function noise(i: number): number {
	let x = Math.imul(i + 1, 0x9e3779b1);
	x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
	x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
	return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1;
}

test("there are at least ten", () => {
	expect(SCRIPTS.length + 1).toBeGreaterThanOrEqual(10);
});

describe.skipIf(!has())("with Python at hand", () => {
	test.each(SCRIPTS)("%s explains itself", async (script) => {
		const { status, output } = await run(script, ["--help"]);
		expect(status).toBe(0);
		expect(output).toMatch(/^usage: /);
	});
});

const SPLITTER = "scikit-learn/scripts/choose_splitter.py";
describe.skipIf(!has(SPLITTER))("choose_splitter", () => {
	const choose = (...args: string[]) => answer(SPLITTER, ...args);

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
});

const COMPARE = "statistical-analysis/scripts/compare.py";
describe.skipIf(!has(COMPARE))("compare", () => {
	const compare = (...args: string[]) => answer(COMPARE, ...args);

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

	test("tests few hits exactly", async () => {
		const few = await compare("shares", "1", "20", "8", "20");
		expect(few.test).toBe("Fisher's exact");
		expect(few.p).toBeCloseTo(0.0197, 3);
	});

	test("says which value is no number and which line is short", async () => {
		const fault = async (name: string, ...lines: string[]) => {
			const path = await table(name, ["v,g", ...lines]);
			const args = ["means", path, "--value", "v", "--group", "g"];
			const { status, output } = await run(COMPARE, args);
			expect(status).toBe(2);
			return JSON.parse(output).error;
		};
		expect(await fault("n.csv", "1,a", "x,b")).toContain("'x'");
		expect(await fault("s.csv", "1,a", "2")).toMatch(/line 3 .* shorter/);
	});
});

const POWER = "statistical-analysis/scripts/power.py";
describe.skipIf(!has(POWER))("power", () => {
	const power = (...args: string[]) => answer(POWER, ...args);

	test("plans as the tables do", async () => {
		expect((await power("--effect", "0.5")).rows_per_arm).toBe(64);
		const shares = ["--base", "0.1", "--lift", "0.02"];
		expect((await power(...shares)).rows_per_arm).toBe(3839);
		const reached = await power(...shares, "--rows", "3839");
		expect(reached.power).toBeCloseTo(0.8, 3);
	});

	test("counts rows of one unit for less", async () => {
		const alike = ["--per-unit", "11", "--likeness", "0.1"];
		const found = await power("--effect", "0.5", ...alike);
		expect(found).toMatchObject({ rows_per_arm: 128, units_per_arm: 12 });
	});

	test("says what to give", async () => {
		const { status, output } = await run(POWER, ["--base", "0.1"]);
		expect(status).toBe(2);
		expect(JSON.parse(output).error).toContain("--lift");
	});
});

const PROFILE = "exploratory-data-analysis/scripts/profile_data.py";
test.skipIf(!has(PROFILE))(
	"profile_data sees doubles, codes for gaps, repeating ids and a column that tells the target",
	async () => {
		const row = (i: number) =>
			`${i % 40},${i < 10 ? -999 : 20 + (i % 50)},${i % 3 ? 0 : 1},${(i % 3 ? 0 : 5) + (i % 7) / 10}`;
		const rows = range(300).map(row);
		const head = "customer,age,churned,refund";
		const path = await table("p.csv", [head, ...rows, row(299)]);
		const args = ["--target", "churned", "--group", "customer"];
		const found = await answer(PROFILE, path, ...args);
		expect(found).toMatchObject({ rows: 301, duplicate_rows: 1 });
		expect(found.target.area_by_column.refund).toBe(1);
		const warnings = found.warnings.join();
		for (const part of [
			"'age' is -999",
			"'customer' repeats",
			"'refund' alone",
		])
			expect(warnings).toContain(part);
	},
);

const IMPORTANCE = "shap/scripts/importance.py";
test.skipIf(!has(IMPORTANCE))(
	"importance finds the column that matters, and permutes its twin with it",
	async () => {
		const row = (i: number) => {
			const cause = noise(i);
			return `${cause > 0 ? 1 : 0},${cause},${cause * 2 + 1},${noise(i + 9999)}`;
		};
		const path = await table("i.csv", [
			"y,a,twin,idle",
			...range(400).map(row),
		]);
		const found = await answer(IMPORTANCE, path, "--target", "y");
		expect(found.importance[0].columns).toEqual(["a", "twin"]);
		expect(found.importance[0].importance).toBeGreaterThan(0.5);
		expect(found.no_better_than_noise).toEqual([["idle"]]);
		expect(found.score).toBeGreaterThan(found.score_without_columns);
	},
);

const CLUSTERS = "umap-learn/scripts/report_clusters.py";
describe.skipIf(!has(CLUSTERS))("report_clusters", () => {
	test("finds three heaps, and draws them", async () => {
		const row = (i: number) =>
			`${(i % 3) * 9 + noise(i)},${(i % 3 === 1 ? 9 : 0) + noise(i + 500)}`;
		const path = await table("h.csv", ["a,b", ...range(150).map(row)]);
		const args = ["--most", "4", "--out", "clusters.png"];
		const found = await answer(CLUSTERS, path, ...args);
		expect(found.clusters).toBe(3);
		expect(found.picture.trustworthiness).toBeGreaterThan(0.9);
		expect(await isPicture("clusters.png")).toBe(true);
	});

	test("finds none where there are none", async () => {
		const row = (i: number) =>
			range(4)
				.map((j) => noise(i * 4 + j))
				.join();
		const path = await table("n.csv", ["a,b,c,d", ...range(200).map(row)]);
		const found = await answer(CLUSTERS, path, "--most", "3");
		expect(found.clusters).toBeNull();
	});
});

const FORECAST = "statsmodels/scripts/forecast_baseline.py";
test.skipIf(!has(FORECAST))(
	"forecast_baseline knows that a season is to beat",
	async () => {
		const sold = (i: number) =>
			50 + 20 * Math.sin((i * Math.PI) / 6) + noise(i);
		const path = await table("f.csv", [
			"v",
			...range(96).map((i) => `${sold(i)}`),
		]);
		const args = ["--value", "v", "--season", "12", "--horizon", "6"];
		const found = await answer(FORECAST, path, ...args);
		expect(found.to_beat).toMatch(/season|smoothing/);
		const mae = Object.fromEntries(
			found.methods.map((m: { method: string; mae: number }) => [
				m.method,
				m.mae,
			]),
		);
		expect(mae["last season"]).toBeLessThan(mae["last value"] / 4);
	},
);

const GRAPH = "networkx/scripts/report_graph.py";
test.skipIf(!has(GRAPH))(
	"report_graph counts parts, loops and repeats",
	async () => {
		const edges = ["a,b", "b,c", "c,a", "d,e", "e,d", "f,f"];
		const path = await table("e.csv", ["source,target", ...edges]);
		const found = await answer(GRAPH, path);
		expect(found).toMatchObject({ nodes: 6, edges: 4, components: 3 });
		expect(found.warnings.join()).toMatch(/own node.*repeat.*several/);
	},
);

const CHAINS = "pymc/scripts/check_chains.py";
test.skipIf(!has(CHAINS))(
	"check_chains believes chains that agree, and no other",
	async () => {
		const row = (i: number) => `${i % 4},${noise(i)},${noise(i + 7) + (i % 4)}`;
		const path = await table("d.csv", [
			"chain,good,bad",
			...range(1600).map(row),
		]);
		const { believable, parameters } = await answer(CHAINS, path);
		expect(believable).toBe(false);
		expect(parameters.good.r_hat).toBeLessThan(1.01);
		expect(parameters.good.effective_draws).toBeGreaterThan(800);
		expect(parameters.bad.r_hat).toBeGreaterThan(1.2);
		expect(parameters.bad.effective_draws).toBeLessThan(20);
	},
);

const FRONT = "pymoo/scripts/find_front.py";
test.skipIf(!has(FRONT))(
	"find_front leaves out what another beats",
	async () => {
		const rows = ["a,1,2", "b,2,7", "c,4,8", "d,5,6", "e,9,9"];
		const path = await table("m.csv", ["name,cost,recall", ...rows]);
		const goals = [
			"--minimise",
			"cost",
			"--maximise",
			"recall",
			"--name",
			"name",
		];
		const found = await answer(FRONT, path, ...goals);
		const names = found.front.map(({ name }: { name: string }) => name);
		expect(names).toEqual(["a", "b", "c", "e"]);
		expect(found.compromise.name).toBe("b");
	},
);

const QUEUE = "simpy/scripts/size_queue.py";
test.skipIf(!has(QUEUE))(
	"size_queue agrees with the formula where there is one",
	async () => {
		const args = ["--arrivals", "2", "--service", "1", "--wait", "0.5"];
		const { servers, tried } = await answer(QUEUE, ...args);
		expect(servers).toBe(4);
		expect(tried[0].erlang).toBeCloseTo(0.4444, 4);
		expect(tried[0].interval[0]).toBeLessThan(tried[0].erlang);
		expect(tried[0].interval[1]).toBeGreaterThan(tried[0].erlang);
	},
);

const CURVE = "matplotlib/scripts/plot_learning_curve.py";
test.skipIf(!has(CURVE))(
	"plot_learning_curve says where the curves part, and draws them",
	async () => {
		const row = (i: number) =>
			`${i % 30},${Math.floor(i / 30)},${1 / ((i % 30) + 1)},${1 / ((i % 30) + 1) + (i % 30) * 0.01}`;
		const head = "epoch,seed,train,val";
		const path = await table("l.csv", [head, ...range(60).map(row)]);
		const columns = [
			"--step",
			"epoch",
			"--train",
			"train",
			"--validation",
			"val",
		];
		const found = await answer(CURVE, path, ...columns, "--run", "seed");
		expect(found).toMatchObject({ best_step: 9, overfits: true, runs: 2 });
		expect(await isPicture("learning-curve.png")).toBe(true);
		const { status, output } = await run(CURVE, [path, ...columns]);
		expect(status).toBe(2);
		expect(output).toContain("--run");
	},
);

const CALIBRATION = "matplotlib/scripts/plot_calibration.py";
test.skipIf(!has(CALIBRATION))(
	"plot_calibration measures scores that are too bold",
	async () => {
		const row = (i: number) => {
			const score = ((i % 100) + 0.5) / 100;
			const true_ = 0.5 + (score - 0.5) / 2;
			return `${score},${noise(i) / 2 + 0.5 < true_ ? 1 : 0}`;
		};
		const path = await table("c.csv", ["s,y", ...range(3000).map(row)]);
		const found = await answer(
			CALIBRATION,
			path,
			"--score",
			"s",
			"--label",
			"y",
		);
		expect(found.slope).toBeLessThan(0.7);
		expect(found.expected_calibration_error).toBeGreaterThan(0.08);
		expect(found.bins).toHaveLength(10);
		expect(await isPicture("calibration.png")).toBe(true);
	},
);

/** What each needs beside a table that has only the column `other`. */
const ASKED: Record<string, readonly string[]> = {
	[SPLITTER]: ["--target", "y"],
	[PROFILE]: ["--target", "y"],
	[IMPORTANCE]: ["--target", "y"],
	[CLUSTERS]: ["--columns", "y"],
	[FORECAST]: ["--value", "y"],
	[GRAPH]: ["--source", "y"],
	[CHAINS]: ["--chain", "y"],
	[FRONT]: ["--minimise", "y,other"],
	[CURVE]: ["--step", "y", "--train", "y", "--validation", "y"],
	[CALIBRATION]: ["--score", "y", "--label", "y"],
};

test.each(Object.entries(ASKED).filter(([script]) => has(script)))(
	"%s says in JSON which column is not there, and which file",
	async (script, args) => {
		const path = await table("other.csv", ["other", "1", "2"]);
		const column = await run(script, [path, ...args]);
		expect(column.status, column.output).toBe(2);
		expect(JSON.parse(column.output).error).toContain("no column 'y'");
		const file = await run(script, ["nowhere.csv", ...args]);
		expect(file.status, file.output).toBe(2);
		expect(JSON.parse(file.output).error).toContain("nowhere.csv");
	},
);
