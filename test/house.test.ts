// The floors of the house, read from the imports themselves.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/** From the top down; a file imports only from floors below its own. */
const FLOORS: readonly (readonly string[])[] = [
	["cli"],
	["main.ts"],
	["app.ts"],
	["engine"],
	["phases"],
	["agents"],
	["ml"],
	["workspace", "model", "skills"],
	["github"],
	["views"],
	["run"],
	["reports"],
	["settings.ts"],
	["errors.ts"],
];

/** Packages with one home. */
const HOMES: readonly (readonly [RegExp, readonly string[]])[] = [
	[/^(@octokit\/|octokit$)/, ["github"]],
	[/^probot$/, ["github", "app.ts", "main.ts", "engine"]],
	[/^@anthropic-ai\//, ["model"]],
	[/^(@dbos-inc\/|pg$|kysely$)/, ["engine"]],
];

/** Built-in modules that reach outside the process. */
const INPUT_OUTPUT =
	/^node:(fs|http|https|net|tls|dgram|child_process|worker_threads|dns)/;

interface Import {
	readonly from: string;
	readonly to: string;
}

const SOURCE = new URL("../src/", import.meta.url).pathname;

const files = readdirSync(SOURCE, { recursive: true })
	.map((path) => String(path).replaceAll("\\", "/"))
	.filter((path) => /\.m?ts$/.test(path));

const imports: Import[] = files.flatMap((from) => {
	const text = readFileSync(join(SOURCE, from), "utf8");
	const found = text.matchAll(
		/(?:from|import)\s*\(?\s*"([^"]+)"|import\.meta\.resolve\("([^"]+)"\)/g,
	);
	return [...found].map((match) => {
		const to = match[1] ?? match[2] ?? "";
		const target = to.startsWith(".") ? normalize(join(dirname(from), to)) : to;
		return { from, to: target };
	});
});

const room = (path: string) => path.split("/")[0] ?? "";
const floor = (path: string) =>
	FLOORS.findIndex((rooms) => rooms.includes(room(path)));
const isOurs = ({ to }: Import) => files.includes(to) || to.startsWith("..");
const show = ({ from, to }: Import) => `${from} imports ${to}`;

describe("the house", () => {
	it("has a floor for every room but local, which stands beside", () => {
		const rooms = new Set(files.map(room));
		rooms.delete("local");
		expect([...rooms].filter((name) => floor(name) < 0)).toEqual([]);
	});

	it("lets a file import only from floors below, or inside its own room", () => {
		const wrong = imports
			.filter(isOurs)
			.filter(({ from, to }) => room(from) !== "local" && room(to) !== "local")
			.filter(({ from, to }) => room(from) !== room(to))
			.filter(({ from, to }) => floor(from) >= floor(to));
		expect(wrong.map(show)).toEqual([]);
	});

	it("lets only the command line into local", () => {
		const wrong = imports
			.filter(isOurs)
			.filter(({ from, to }) => room(to) === "local" && room(from) !== "local")
			.filter(({ from }) => room(from) !== "cli");
		expect(wrong.map(show)).toEqual([]);
	});

	it("lets local see nothing of the product but its reports", () => {
		const wrong = imports
			.filter(isOurs)
			.filter(({ from, to }) => room(from) === "local" && room(to) !== "local")
			.filter(({ to }) => !["reports", "run"].includes(room(to)));
		expect(wrong.map(show)).toEqual([]);
	});

	it.each(HOMES)("keeps %s at home", (name, homes) => {
		const wrong = imports
			.filter(({ to }) => name.test(to))
			.filter(({ from }) => room(from) !== "local")
			.filter(({ from }) => !homes.includes(room(from)));
		expect(wrong.map(show)).toEqual([]);
	});

	it("keeps the policy and the views free of input and output", () => {
		const wrong = imports
			.filter(({ from }) => ["run", "views", "reports"].includes(room(from)))
			.filter(({ to }) => INPUT_OUTPUT.test(to));
		expect(wrong.map(show)).toEqual([]);
	});

	it("keeps files short: half of them within 80 lines, none over 300", () => {
		const lengths = files
			.map((path) => ({
				path,
				lines: readFileSync(join(SOURCE, path), "utf8").split("\n").length,
			}))
			.sort((a, b) => a.lines - b.lines);
		const median = lengths[Math.floor(lengths.length / 2)];
		expect(median?.lines).toBeLessThanOrEqual(80);
		expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
	});
});
