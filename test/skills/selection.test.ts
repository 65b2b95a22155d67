// How often the right skill is among the first three for a task, and how often a
// wrong one is proposed, counted over many texts.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { SKILLS } from "../../src/skills/catalog.ts";
import { proposeSkills } from "../../src/skills/propose-skills.ts";

type Tasks = Record<string, { for: string[]; not: string[] }>;

const read = (name: string) =>
	load(readFileSync(new URL(`tasks/${name}.yml`, import.meta.url), "utf8"));

const propose = (words: string) =>
	proposeSkills({ words, imports: new Set() }).map(({ skill }) => skill.name);

function count(tasks: Tasks) {
	const all = Object.entries(tasks);
	const wanted = all.flatMap(([skill, its]) =>
		its.for.map((text) => ({ skill, text })),
	);
	const unwanted = all.flatMap(([skill, its]) =>
		its.not.map((text) => ({ skill, text })),
	);
	const missed = wanted.filter(
		({ skill, text }) => !propose(text).slice(0, 3).includes(skill),
	);
	const wrong = unwanted.filter(({ skill, text }) =>
		propose(text).includes(skill),
	);
	return {
		missed,
		wrong,
		hitRate: 1 - missed.length / wanted.length,
		falseRate: wrong.length / unwanted.length,
	};
}

test("each skill has at least five texts for it and three that are not", () => {
	const tasks = read("tasks") as Tasks;
	expect(Object.keys(tasks).sort()).toEqual(SKILLS.map(({ name }) => name));
	for (const its of Object.values(tasks)) {
		expect(its.for.length).toBeGreaterThanOrEqual(5);
		expect(its.not.length).toBeGreaterThanOrEqual(3);
	}
});

test("the right skill is among the first three, and no wrong one is proposed", () => {
	const { hitRate, falseRate, missed, wrong } = count(read("tasks") as Tasks);
	expect(hitRate, JSON.stringify(missed)).toBeGreaterThanOrEqual(0.95);
	expect(falseRate, JSON.stringify(wrong)).toBeLessThanOrEqual(0.05);
});

test("work that is about none of them brings next to nothing to mind", () => {
	const texts = read("none") as string[];
	const proposed = texts.filter((text) => propose(text).length > 0);
	expect(proposed.length, proposed.join()).toBeLessThanOrEqual(
		texts.length / 20,
	);
});
