// What a repository has already: found again, it is no news.
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { messageOf } from "../../errors.ts";
import type { RuleHit } from "../../ml/rules/rule.ts";
import { digestOf } from "../../run/digest.ts";

const Baseline = z.object({
	version: z.literal(1),
	known: z.array(
		z.object({
			fingerprint: z.string(),
			rule: z.string(),
			path: z.string(),
			/** The same lines may stand in a file several times. */
			count: z.number().int().positive(),
		}),
	),
});
type Baseline = z.infer<typeof Baseline>;

/** Stays the same when lines move or are indented otherwise. */
export const fingerprintOf = ({ rule, path, quote }: RuleHit): string =>
	digestOf([rule, path, quote.split("\n").map((line) => line.trim())]);

/** Throws an Error that says what is wrong with the file. */
export async function withoutKnown(
	hits: readonly RuleHit[],
	file: string,
): Promise<RuleHit[]> {
	const left = new Map<string, number>();
	for (const { fingerprint, count } of (await read(file)).known)
		left.set(fingerprint, count);
	return hits.filter((hit) => {
		const fingerprint = fingerprintOf(hit);
		const count = left.get(fingerprint) ?? 0;
		left.set(fingerprint, count - 1);
		return count <= 0;
	});
}

export async function writeBaseline(
	hits: readonly RuleHit[],
	file: string,
): Promise<void> {
	const groups = Map.groupBy(hits, fingerprintOf);
	const known = [...groups].flatMap(([fingerprint, [hit, ...more]]) =>
		hit
			? [
					{
						fingerprint,
						rule: hit.rule,
						path: hit.path,
						count: 1 + more.length,
					},
				]
			: [],
	);
	const baseline: Baseline = { version: 1, known };
	await writeFile(file, `${JSON.stringify(baseline, null, "\t")}\n`);
}

async function read(file: string): Promise<Baseline> {
	const text = await readFile(file, "utf8").catch((error) => {
		throw new Error(
			`The baseline ${file} could not be read: ${messageOf(error)}. Write one with --write-baseline ${file}.`,
		);
	});
	try {
		return Baseline.parse(JSON.parse(text));
	} catch {
		throw new Error(
			`${file} is not a baseline that \`modelwright check --write-baseline\` wrote. Write it anew.`,
		);
	}
}
