// Rules over the Python of a repository, group by group.
import { deadline } from "../python/deadline.ts";
import { type Code, readCode } from "./code.ts";
import { importGroups } from "./import-groups.ts";
import { replacementOf } from "./replacement.ts";
import type { Rule, RuleContext, RuleHit } from "./rule.ts";
import { RULES } from "./rules.ts";
import { standingOf } from "./standing.ts";
import { type Suppressed, suppress } from "./suppressions.ts";

export interface Inspection {
	/** In order of place. */
	readonly hits: readonly RuleHit[];
	/** What comments in the code have left out, with their reasons. */
	readonly suppressed: readonly Suppressed[];
	/** Files that were not looked at, or not to their end, and why. */
	readonly skipped: readonly { readonly path: string; readonly why: string }[];
}

export interface InspectOptions {
	readonly rules?: readonly Rule[];
	/** Of all files together; two minutes unless it says otherwise. */
	readonly milliseconds?: number;
	/** Where results of the same files are kept. */
	readonly kept?: KeptInspections;
}

export interface KeptInspections {
	recall(files: ReadonlyMap<string, string>): Promise<Inspection | undefined>;
	keep(files: ReadonlyMap<string, string>, made: Inspection): Promise<void>;
}

/**
 * `files` are all that may matter, by path: Python and notebooks outside of tests
 * are looked at. Must not throw: what cannot be read in time is left out and said.
 */
export async function inspect(
	files: ReadonlyMap<string, string>,
	context: RuleContext,
	{ rules = RULES, milliseconds = 120_000, kept }: InspectOptions = {},
): Promise<Inspection> {
	const isOver = deadline(milliseconds);
	const made: Inspection[] = [];
	for (const group of importGroups(files)) {
		if (isOver()) {
			made.push(outOfTime(group));
			continue;
		}
		const known = await kept?.recall(group);
		const inspection = known ?? (await inspectGroup(group, context, rules));
		if (!known) await kept?.keep(group, inspection);
		made.push(inspection);
		// Whoever shares this process gets a turn.
		await new Promise(setImmediate);
	}
	return {
		hits: made.flatMap(({ hits }) => hits).sort(byPlace),
		suppressed: made.flatMap(({ suppressed }) => suppressed),
		skipped: made.flatMap(({ skipped }) => skipped),
	};
}

async function inspectGroup(
	files: ReadonlyMap<string, string>,
	context: RuleContext,
	rules: readonly Rule[],
): Promise<Inspection> {
	const code = await readCode(files);
	const skipped = [...code.skipped];
	const hits = rules.flatMap((rule) => {
		try {
			return hitsOf(rule, code, context);
		} catch (error) {
			// Code of strangers must not stop the other rules.
			skipped.push({ path: ".", why: `${rule.id} stopped: ${String(error)}` });
			return [];
		}
	});
	return { ...suppress(hits, code.lines), skipped };
}

function hitsOf(rule: Rule, code: Code, context: RuleContext): RuleHit[] {
	const { tier, confidence } = standingOf(rule);
	return rule.check(code, context).map(({ fix, ...place }) => {
		const cell = code.cellAt(place);
		const replacement =
			fix && !cell
				? replacementOf(place, fix, code.lines(place.path))
				: undefined;
		return {
			rule: rule.id,
			title: rule.title,
			tier,
			quote: code.quote(place),
			...place,
			severity: place.severity ?? rule.severity,
			confidence: Math.min(confidence, place.confidence ?? confidence),
			...(cell ? { cell } : {}),
			// The lines of a notebook's file are JSON.
			...(fix && !cell ? { fix } : {}),
			...(replacement ? { replacement } : {}),
		};
	});
}

const byPlace = (a: RuleHit, b: RuleHit) =>
	(a.path < b.path ? -1 : Number(a.path > b.path)) || a.startLine - b.startLine;

const outOfTime = (files: ReadonlyMap<string, string>): Inspection => ({
	hits: [],
	suppressed: [],
	skipped: [...files.keys()].map((path) => ({
		path,
		why: "the time for all files was over",
	})),
});
