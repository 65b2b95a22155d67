// The lead of a phase: what src/phases/phase.ts promises, made of the real parts.
import type { Journal } from "../agents/journal.ts";
import type { Agents, Lead } from "../phases/phase.ts";
import type { Reports } from "../reports/reports.ts";
import type { Run } from "../run/run.ts";
import { type Top, topOf } from "../run/top.ts";
import { visibleTree } from "../workspace/hidden-tree.ts";
import type { Tree } from "../workspace/tree.ts";
import { codeOf } from "./lead/code.ts";
import { complete } from "./lead/complete.ts";
import { makeLab } from "./lead/lab.ts";
import { operatorFile } from "./lead/operator-file.ts";
import { makePulls } from "./lead/pulls.ts";
import { runnerOf } from "./lead/runner-of.ts";
import type { Services } from "./services.ts";

export interface LeadInput {
	readonly run: Run;
	readonly reports: Partial<Reports>;
	/** The newest earlier report of this phase, by its name. */
	readonly earlier: Partial<Reports>;
	/** For work on this machine. */
	readonly journal: Journal;
	/** For writes to GitHub. */
	readonly patient: Journal;
	readonly phase: number;
	readonly attempt: number;
	readonly agents: Agents;
	readonly services: Services;
	readonly forecast: () => ReturnType<Lead["forecast"]>;
	/** The run as it is now; for steps alone. */
	readonly now: () => Promise<Run>;
}

export function makeLead(input: LeadInput): Lead {
	const { run, reports, journal, patient, phase, services } = input;
	const trees = new Map<string, Promise<Tree>>();
	/** A commit's files do not change: one checkout serves the whole attempt. */
	const treeAt = (sha: string, branch?: string) => {
		const known = trees.get(sha);
		if (known) return known;
		const tree = services.tree(sha, branch);
		trees.set(sha, tree);
		tree.catch(() => trees.delete(sha));
		return tree;
	};
	const pulls = makePulls({
		...{ run, phase, attempt: input.attempt, reports, treeAt },
		journal: patient,
		publisher: services.publisher,
		grow: services.grow,
		now: input.now,
	});
	/** What this attempt committed counts at once. */
	const top = () => topOf(run, pulls.stack());
	const topTree = () => treeAt(top().sha, top().branch);
	const contract = reports.evaluationPlan?.plan.contract;
	const { owner, name } = run.repository;
	return {
		run,
		before: complete(reports),
		earlier: input.earlier,
		agents: readingAt(input.agents, top),
		// What phases tell agents about the code is what agents may see of it.
		code: codeOf(
			async () => visibleTree(await topTree(), run.config.paths),
			contract ? [contract.label] : [],
			// Runs that began before there were any have none.
			run.config.rules?.waive ?? [],
		),
		lab: makeLab({
			tree: topTree,
			runnerFor: (step) =>
				runnerOf(services, run, {
					base: () => top().sha,
					scope: `phase ${phase}.${input.attempt} ${step}`,
				}),
			journal,
			config: run.config,
			contract,
			pins: reports.evaluationPlan?.pins,
			labelsFor: (path) => operatorFile(services.dataDir, [owner, name, path]),
		}),
		pulls,
		forecast: () => journal.step("forecast the cost", input.forecast),
	};
}

/** Agents that read the top of the stack as it is when they are asked. */
const readingAt = (agents: Agents, top: () => Top): Agents => ({
	one: (task) => agents.one({ ...task, at: top() }),
	inParallel: (...tasks) =>
		agents.inParallel(...tasks.map((task) => ({ ...task, at: top() }))),
});
