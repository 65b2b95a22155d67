// What the rules find on their own fixtures, which of them may post, and what they
// cost on a repository made for it, held against parsing it and no more.
import { fork } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { checkRules } from "../src/ml/rules/check-rules.ts";
import type { Rule } from "../src/ml/rules/rule.ts";
import { RULES } from "../src/ml/rules/rules.ts";
import { standingOf } from "../src/ml/rules/standing.ts";
import { POSTING_CONFIDENCE } from "../src/reports/findings.ts";
import { fixturesOf } from "../test/ml/rules/support/fixtures.ts";
import { writeRepository } from "./map/generate.ts";
import type { Measured } from "./measured.ts";

export const WORKS = ["read", "parse", "rules"] as const;
export type Work = (typeof WORKS)[number];

/** Of one process that did nothing else. */
export interface Cost {
	readonly seconds: number;
	readonly cpuSeconds: number;
	readonly rssMb: number;
}

interface Tally {
	readonly fixtures: number;
	readonly right: number;
	readonly wrong: number;
	readonly missed: number;
	readonly mutants: number;
	readonly caught: number;
}

/** `--files 500`: how many Python files the repository has; some 12 kB each. */
export async function measureRules(args: readonly string[]): Promise<Measured> {
	const { values } = parseArgs({
		args: [...args],
		options: { files: { type: "string", default: "500" } },
	});
	const tallies: Tally[] = [];
	for (const rule of RULES) tallies.push(await tallyOf(rule));
	const sum = (key: keyof Tally) =>
		tallies.reduce((total, tally) => total + tally[key], 0);
	const speed = await measureSpeed(Math.max(1, Number(values.files)));
	const posted = RULES.flatMap((rule) => {
		const { tier, n, confidence } = standingOf(rule);
		if (tier === "unmeasured" || confidence < POSTING_CONFIDENCE) return [];
		return [{ rule: rule.id, tier, n, confidence }];
	});
	const [right, wrong, missed] = [sum("right"), sum("wrong"), sum("missed")];
	const figures = {
		rules: RULES.length,
		fixtures: sum("fixtures"),
		precision: ratio(right, right + wrong),
		recall: ratio(right, right + missed),
		mutants: sum("mutants"),
		caught: sum("caught"),
		posted,
		...speed,
	};
	const { costs, beyondParsing, files, megabytes } = speed;
	const table = [
		`${figures.rules} rules on ${figures.fixtures} fixtures: precision ${figures.precision}, recall ${figures.recall}; ${figures.caught} of ${figures.mutants} mutants caught`,
		`may post: ${posted.map(({ rule, tier, n, confidence }) => `${rule} (${tier}, ${confidence} %, n = ${n})`).join(", ") || "none"}`,
		`${files} files, ${megabytes} MB:`,
		...WORKS.map((work) => {
			const { seconds, cpuSeconds, rssMb } = costs[work];
			return `${work.padEnd(6)} ${seconds.toFixed(2)} s  ${cpuSeconds.toFixed(2)} s of processor  ${rssMb} MB`;
		}),
		`beyond parsing: ${beyondParsing} s of processor`,
	].join("\n");
	return { figures, table };
}

async function tallyOf(rule: Rule): Promise<Tally> {
	const tally = { right: 0, wrong: 0, missed: 0, mutants: 0, caught: 0 };
	const fixtures = fixturesOf(rule.id);
	const hitsOf = (files: ReadonlyMap<string, string>) =>
		checkRules(files, { labels: [] }, [rule]);
	for (const { files, expected, mutant } of fixtures) {
		const open = [...expected];
		for (const { path, startLine } of await hitsOf(files)) {
			const at = open.indexOf(`${path}:${startLine}`);
			if (at >= 0) open.splice(at, 1);
			tally[at >= 0 ? "right" : "wrong"]++;
		}
		tally.missed += open.length;
		if (!mutant) continue;
		tally.mutants++;
		tally.caught += Math.min(1, (await hitsOf(mutant)).length);
	}
	return { ...tally, fixtures: fixtures.length };
}

async function measureSpeed(files: number) {
	const repository = await writeRepository(files);
	try {
		const costs = {} as Record<Work, Cost>;
		for (const work of WORKS) costs[work] = await costOf(work, repository.root);
		const beyondParsing = Number(
			(costs.rules.cpuSeconds - costs.parse.cpuSeconds).toFixed(2),
		);
		const megabytes = Number((repository.bytes / 1e6).toFixed(1));
		return { files, megabytes, beyondParsing, rssMb: costs.rules.rssMb, costs };
	} finally {
		await rm(dirname(repository.root), { recursive: true });
	}
}

/** In a process of its own, so that memory is that of the work alone. */
async function costOf(work: Work, root: string): Promise<Cost> {
	const child = fork(new URL("rules/work.ts", import.meta.url), [work, root]);
	const [cost] = (await Promise.race([
		once(child, "message"),
		once(child, "exit").then(([code]) => {
			throw new Error(`Measuring "${work}" ended with exit code ${code}.`);
		}),
	])) as [Cost];
	return cost;
}

const ratio = (one: number, other: number) =>
	Number((one / Math.max(other, 1)).toFixed(3));
