// What the rules find in a writer's change that was not there before: told before
// it is handed in, while its writer still knows why it is so.
import { checkApart } from "../../ml/rules/apart/check-apart.ts";
import { pythonFiles } from "../../ml/rules/python-files.ts";
import type { RuleHit } from "../../ml/rules/rule.ts";
import { waive } from "../../ml/rules/waive.ts";
import type { ChangeSubmission } from "../../reports/change.ts";
import { POSTING_CONFIDENCE } from "../../reports/findings.ts";
import type { Reports } from "../../reports/reports.ts";
import { digestOf } from "../../run/digest.ts";
import { editedTree } from "../../workspace/edited-tree.ts";
import type { Tree } from "../../workspace/tree.ts";
import type { World } from "../world.ts";
import { editsOf } from "./change-so-far.ts";

const MOST_TOLD = 10;

/** Faults in words. Must not throw: a rule that cannot look is no reason to refuse. */
export async function ruleFaults(
	change: ChangeSubmission,
	{ tree, before, run }: Pick<World, "tree" | "before" | "run">,
): Promise<string[]> {
	const edits = await editsOf(tree, change);
	const written = Object.keys(edits).filter((path) => path.endsWith(".py"));
	if (written.length === 0) return [];
	const { waive: waivers = [] } = run.config.rules ?? {};
	const sureHits = async (files: Tree) => {
		const { hits } = await checkApart({
			files: await pythonFiles(files),
			context: { labels: labelsIn(before) },
		});
		const sure = hits.filter(
			({ confidence }) => confidence >= POSTING_CONFIDENCE,
		);
		return waive(sure, waivers).hits;
	};
	const after = (await sureHits(editedTree(tree, edits))).filter(({ path }) =>
		written.includes(path),
	);
	if (after.length === 0) return [];
	const known = new Set((await sureHits(tree)).map(nameOf));
	return after
		.filter((hit) => !known.has(nameOf(hit)))
		.slice(0, MOST_TOLD)
		.map(
			({ path, startLine, rule, message, suggestion }) =>
				`${path}, line ${startLine}, rule ${rule}: ${message} ${suggestion}`,
		);
}

/** Wherever its lines have moved. */
const nameOf = ({ rule, path, quote }: RuleHit) =>
	digestOf([rule, path, quote.trim()]);

const labelsIn = ({ data, evaluationPlan }: Partial<Reports>): string[] => [
	...(evaluationPlan ? [evaluationPlan.plan.contract.label] : []),
	...(data?.profiles ?? []).flatMap(({ classBalance }) =>
		classBalance.map(({ column }) => column),
	),
];
