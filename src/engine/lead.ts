// The lead of a phase: what src/phases/phase.ts promises, made of the real parts.
import type { Journal } from "../agents/journal.ts";
import type { Agents, Lead } from "../phases/phase.ts";
import { REPORT_NAMES, type Reports } from "../reports/reports.ts";
import type { Run } from "../run/run.ts";
import type { Tree } from "../workspace/tree.ts";
import { codeOf } from "./lead/code.ts";
import { makeLab } from "./lead/lab.ts";
import { makePulls } from "./lead/pulls.ts";
import type { Services } from "./services.ts";
import { topOf } from "./top.ts";

export interface LeadInput {
	readonly run: Run;
	readonly reports: Partial<Reports>;
	/** For work on this machine. */
	readonly journal: Journal;
	/** For writes to GitHub. */
	readonly patient: Journal;
	readonly phase: number;
	readonly attempt: number;
	readonly agents: Agents;
	readonly services: Services;
}

export function makeLead(input: LeadInput): Lead {
	const { run, reports, journal, patient, phase, agents, services } = input;
	const top = topOf(run, reports);
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
	const topTree = () => treeAt(top.sha, top.branch);
	const label = reports.evaluationPlan?.plan.contract.label;
	return {
		run,
		before: complete(reports),
		agents,
		code: codeOf(topTree, label ? [label] : []),
		lab: makeLab({
			tree: topTree,
			runner: services.runner,
			journal,
		}),
		pulls: makePulls({
			run,
			phase,
			reports,
			journal: patient,
			publisher: services.publisher,
			treeAt,
		}),
	};
}

/** A phase that reads a report before it exists is our mistake: it is told so. */
function complete(reports: Partial<Reports>): Reports {
	return new Proxy(reports, {
		get(known, name) {
			const report = Reflect.get(known, name);
			if (report === undefined && REPORT_NAMES.some((known) => known === name))
				throw new Error(`the report "${String(name)}" does not exist yet`);
			return report;
		},
	}) as Reports;
}
