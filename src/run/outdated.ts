// A design is approved as it was shown. Whether the world still is as it was
// then: the issue's text, the configuration, the base branch.
import { dump } from "js-yaml";
import type { Command } from "./commands.ts";
import type { Config, ParsedConfig } from "./config.ts";
import { differenceOf } from "./difference.ts";
import { digestOf } from "./digest.ts";
import type { Drift } from "./drift.ts";
import { FIRST_APPROVED_PHASE, redoFrom, startPhase } from "./moves.ts";
import type { Order, Step } from "./order.ts";
import { refuse } from "./refusal.ts";
import type { Changed, Run } from "./run.ts";

/** How things stand on GitHub at this moment. */
export interface Now {
	readonly issue: { readonly title: string; readonly body: string };
	readonly config: ParsedConfig;
	readonly base: {
		readonly sha: string;
		/** Where the code lives now, once the run's own branch is gone. */
		readonly branch?: string;
		readonly drift: Drift;
	};
}

/** The run brought to today, and what became different on the way. */
export interface Today {
	readonly run: Run;
	readonly changes: readonly Changed[];
	/** The design no longer fits its ground. */
	readonly stale: boolean;
}

/** Whether a command takes the world as it is now: an approval, and a new beginning. */
export const needsToday = (run: Run, { verb, args }: Command): boolean =>
	verb === "approve"
		? run.gate?.name === "approval"
		: verb === "retry" && Number(args || run.phase) < FIRST_APPROVED_PHASE;

/** A configuration that cannot be read refuses whatever asked. */
export function bringToToday(
	run: Run,
	{ issue, config, base }: Now,
	at: string,
): Today {
	if (!config.ok)
		return refuse(
			`\`.github/modelwright.yml\` has a fault now: ${config.faults.join("; ")}. Correct it, then give the command again.`,
		);
	const changes: Changed[] = [];
	const note = (what: Changed["what"], difference: string) =>
		changes.push({ what, difference, at });
	if (textOf(issue) !== textOf(run.issue))
		note("issue", differenceOf(textOf(run.issue), textOf(issue)));
	if (digestOf(config.config) !== digestOf(run.config))
		note("configuration", configDifference(run.config, config.config));
	const { verdict, why } = base.drift;
	if (verdict === "narrow" || verdict === "stale") note("base branch", why);
	const today: Run = {
		...run,
		issue: { ...run.issue, ...issue },
		config: config.config,
		base: { branch: base.branch ?? run.base.branch, sha: base.sha },
		changes: [...run.changes, ...changes],
	};
	return { run: today, changes, stale: verdict === "stale" };
}

/** Asks for the approval again, with the differences shown; a stale design is made anew. */
export function askAgain(
	{ run, changes, stale }: Today,
	by: string,
	at: string,
): Step {
	if (stale) {
		const anew = redoFrom(run, 4);
		// The new design has nothing of them under it: they are told by themselves.
		const told = changes.map(
			(change): Order => ({ do: "tell-change", change }),
		);
		return { run: anew.run, orders: [...told, ...anew.orders] };
	}
	return showAgain(run, by, at);
}

/** Phase 6 resolves it: its report stands, with a digest over what is now. */
export const showAgain = (run: Run, by: string, at: string): Step =>
	startPhase(run, 6, {
		...{ gate: "approval", phase: 6, by, at },
		command: "(something changed under the design)",
	});

export const textOf = ({ title, body }: Now["issue"]) => `${title}\n\n${body}`;

const configDifference = (before: Config, after: Config) =>
	differenceOf(dump(before), dump(after));
