import type { Assignment } from "../agents/assignment.ts";
import type { World } from "../agents/world.ts";
import { blindTree } from "../ml/evaluation/blind-tree.ts";
import type { ChangeSubmission } from "../reports/change.ts";
import { visibleTree } from "../workspace/hidden-tree.ts";
import { durableJournal } from "./journal.ts";
import { keepTurns } from "./kept-turns.ts";
import { runnerOf } from "./lead/runner-of.ts";
import type { Parts } from "./parts.ts";
import { showWaits } from "./show-waits.ts";
import { type AttemptKey, readAttempt } from "./store/attempts.ts";
import { reportsOf } from "./store/reports.ts";
import { makeLedger } from "./store/turns.ts";
import { agentWorkflowId } from "./workflow-ids.ts";

/** All that one agent of an attempt works with. */
export async function worldOf(
	parts: Parts,
	key: AttemptKey,
	assignment: Assignment,
): Promise<World> {
	const { db, model, log, executor } = parts;
	const { name, at, mustName } = assignment;
	const { run } = await readAttempt(db, key);
	const before = await reportsOf(db, run);
	const services = parts.servicesFor(run);
	const { tree } = services;
	const { paths, commands } = run.config;
	const contract = before.evaluationPlan?.plan.contract;
	const top = at ?? run.base;
	const asked = runnerOf(services, run, {
		base: () => top.sha,
		scope: `phase ${key.phase}.${key.attempt} ${name}`,
	});
	const visible = async ({ sha, branch }: typeof top) =>
		visibleTree(await tree(sha, branch), paths);
	// What all prompts begin with stays as it was: there are no tables in it.
	const [base, seen] = await Promise.all([
		visible(run.base),
		visible(top).then((one) => blindTree(one, contract)),
	]);
	return {
		journal: showWaits(
			parts,
			key,
			name,
			keepTurns(db, key, run, assignment, durableJournal),
			durableJournal,
		),
		model,
		installation: String(run.repository.installationId),
		conversation: agentWorkflowId(key, name),
		tree: seen,
		...(seen === base ? {} : { base }),
		run,
		before,
		ledger: makeLedger(db, run.id, executor),
		...(mustName ? { verify: naming(mustName) } : {}),
		checks: { runner: asked, commands, ...(contract ? { contract } : {}) },
		allowRepositoryAgents: parts.allowRepositoryAgents,
		log,
	};
}

/** Who asked something is not left without a word. */
const naming =
	(wanted: readonly string[]): NonNullable<World["verify"]> =>
	async (_, submission) => {
		const { items = [] } = submission as Partial<ChangeSubmission>;
		return wanted
			.filter((name) => !items.some(({ item, how }) => item === name && how))
			.map((name) => `items: say in \`how\` what became of ${name}`);
	};
