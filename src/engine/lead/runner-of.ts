// Where a run's code runs: in what the server offers, as the repository asks.
import { DEFAULT_CONFIG } from "../../run/config.ts";
import type { Run } from "../../run/run.ts";
import { actionsRunner } from "../../workspace/runners/actions.ts";
import { runnerNamed, withActions } from "../../workspace/runners/auto.ts";
import type { Runner } from "../../workspace/runners/runner.ts";
import type { Services } from "../services.ts";

export interface Purpose {
	/** A commit on GitHub that holds most of what is run. */
	readonly base: () => string;
	/** Names what is run, within the run; nothing else is named so. */
	readonly scope: string;
}

export function runnerOf(
	services: Pick<
		Services,
		"client" | "onLate" | "publisher" | "reader" | "runner"
	>,
	{ issue, config }: Pick<Run, "issue" | "config">,
	{ base, scope }: Purpose,
): Runner {
	const { client, onLate, publisher, reader, runner } = services;
	const actions = actionsRunner({
		...{ onLate, publisher, reader, secondMs: client.secondMs },
		// Runs that began before there were these settings have none.
		config: config.actions ?? DEFAULT_CONFIG.actions,
		base: async () => base(),
		scope: `#${issue.number} ${scope}`,
	});
	return runnerNamed(withActions(runner, actions), config.runner);
}
