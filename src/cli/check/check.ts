// `modelwright check`: the rules over any folder, without a model or a server.
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../../errors.ts";
import { inspect } from "../../ml/rules/inspect.ts";
import { keepHeapLean } from "../../ml/rules/lean-heap.ts";
import type { Rule } from "../../ml/rules/rule.ts";
import { RULES } from "../../ml/rules/rules.ts";
import { waive } from "../../ml/rules/waive.ts";
import { POSTING_CONFIDENCE } from "../../reports/findings.ts";
import { DEFAULT_CONFIG } from "../../run/config.ts";
import { parseConfig } from "../../run/parse-config.ts";
import { plural } from "../../views/numbers.ts";
import { withoutKnown, writeBaseline } from "./baseline.ts";
import { keptIn } from "./kept.ts";
import { readFiles } from "./read-files.ts";
import type { Paint } from "./show.ts";
import { tell } from "./tell.ts";

export interface RuleRequest {
	readonly json: boolean;
	readonly sarif: boolean;
	/** Ids; none mean all. */
	readonly rule: readonly string[];
	/** 0 to 100; leads below are not even listed. */
	readonly minConfidence?: string;
	readonly baseline?: string;
	readonly writeBaseline?: string;
	/** Columns known to be the label. */
	readonly label: readonly string[];
	/** Whether results of unchanged files are kept for the next time. */
	readonly cache: boolean;
}

export interface Terminal {
	readonly say: (text: string) => void;
	readonly complain: (line: string) => void;
	readonly paint: Paint;
}

/** A request that cannot be meant. */
class RequestError extends Error {}

/** The exit code: 0 nothing found, 1 something is, 2 it could not be looked for. */
export async function check(
	folder: string,
	request: RuleRequest,
	terminal: Terminal,
): Promise<0 | 1 | 2> {
	keepHeapLean();
	try {
		return await look(folder, request, terminal);
	} catch (error) {
		const what =
			error instanceof RequestError ? "" : `${folder} could not be checked: `;
		terminal.complain(`${what}${messageOf(error)}`);
		return 2;
	}
}

async function look(
	folder: string,
	request: RuleRequest,
	terminal: Terminal,
): Promise<0 | 1 | 2> {
	const rules = rulesOf(request.rule);
	const threshold = thresholdOf(request.minConfidence);
	const found = await stat(folder).catch(() => undefined);
	if (!found?.isDirectory())
		throw new RequestError(
			`${folder} ${found ? "is not a folder" : "does not exist"}; name a checkout of the repository.`,
		);
	const read = await readFiles(folder);
	const made = await inspect(
		read.files,
		{ labels: request.label },
		{ rules, milliseconds: Number.POSITIVE_INFINITY, ...cacheOf(request) },
	);
	const { hits, waived } = waive(made.hits, waiversIn(read.config));
	const listed = hits.filter(
		({ confidence }) =>
			request.minConfidence === undefined || confidence >= threshold,
	);
	if (request.writeBaseline) {
		await writeBaseline(listed, request.writeBaseline);
		terminal.complain(
			`${plural(listed.length, "finding")} written to ${request.writeBaseline}`,
		);
		return 0;
	}
	const fresh = request.baseline
		? await withoutKnown(listed, request.baseline)
		: listed;
	const outcome = {
		hits: fresh,
		suppressed: [...made.suppressed, ...waived],
		skipped: [...read.skipped, ...made.skipped],
	};
	terminal.say(tell(outcome, read.files, threshold, request, terminal.paint));
	if (!request.json && !request.sarif)
		for (const { path, why } of outcome.skipped)
			terminal.complain(`not looked at: ${path}: ${why}`);
	return fresh.some(({ confidence }) => confidence >= threshold) ? 1 : 0;
}

function rulesOf(ids: readonly string[]): readonly Rule[] {
	const wanted = ids.flatMap((id) => id.toUpperCase().split(","));
	const known = RULES.map(({ id }) => id);
	const strange = wanted.find((id) => !known.includes(id));
	if (strange)
		throw new RequestError(
			`There is no rule ${strange}. The rules are: ${known.join(", ")}.`,
		);
	return wanted.length ? RULES.filter(({ id }) => wanted.includes(id)) : RULES;
}

function thresholdOf(given: string | undefined): number {
	const threshold = Number(given ?? POSTING_CONFIDENCE);
	if (Number.isInteger(threshold) && threshold >= 0 && threshold <= 100)
		return threshold;
	throw new RequestError(
		`--min-confidence ${given} is not a confidence; give a whole number from 0 to 100.`,
	);
}

function waiversIn(config: string | undefined) {
	const parsed =
		config === undefined
			? ({ ok: true, config: DEFAULT_CONFIG } as const)
			: parseConfig({ own: config });
	if (parsed.ok) return parsed.config.rules.waive;
	throw new RequestError(
		`.github/modelwright.yml cannot be read: ${parsed.faults.join("; ")}`,
	);
}

function cacheOf({ cache, rule, label }: RuleRequest) {
	if (!cache) return {};
	// A folder of the user's own: what is kept there is believed.
	const caches = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
	const folder = join(caches, "modelwright", "rules");
	return { kept: keptIn(folder, [...rule, "labels:", ...label]) };
}
