// What agents see once it is agreed how the model is judged: the contract's
// table with its training rows only. Labels that lie in the repository are no
// secret to its authors, but no agent can look them up.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import { digestOf } from "../../run/digest.ts";
import type { Tree } from "../../workspace/tree.ts";
import { findTables } from "../profile/find-tables.ts";
import { splitRows } from "./split.ts";
import { readSubject } from "./subject.ts";
import { fileOf, tellerOf } from "./withhold.ts";

const WITHHELD = "kept from agents: it repeats held-out rows" as const;

/** One per tree and contract, so that what is known of a tree by identity stays known. */
const blinded = new WeakMap<Tree, Map<string, Promise<Tree>>>();

/**
 * `files` gives all there is: it is for runners, which withhold by themselves.
 * Tables that repeat held-out rows are left out; code that does so is not
 * looked for here. A table that cannot be judged by hides nothing.
 */
export function blindTree(
	tree: Tree,
	contract: EvaluationContract | undefined,
): Promise<Tree> {
	// Labels that are not there need no hiding; a script reads its own.
	if (!contract || contract.labels === "operator" || contract.reported)
		return Promise.resolve(tree);
	const known = blinded.get(tree) ?? new Map<string, Promise<Tree>>();
	blinded.set(tree, known);
	const key = digestOf(contract);
	const made = known.get(key) ?? blind(tree, contract);
	known.set(key, made);
	made.catch(() => known.delete(key));
	return made;
}

async function blind(tree: Tree, contract: EvaluationContract): Promise<Tree> {
	const { data } = contract;
	const subject = readSubject(contract, await tree.read(data));
	if ("faults" in subject) return tree;
	const split = splitRows(subject);
	const training = fileOf(subject, split.training);
	const tells = tellerOf(subject, split);
	const others = findTables((await tree.paths()).filter((one) => one !== data));
	const telling = await Promise.all(
		others.map(async (path) =>
			tells((await tree.read(path)) ?? new Uint8Array()),
		),
	);
	const gone = new Set(others.filter((_, i) => telling[i]));
	return {
		...tree,
		paths: async () => (await tree.paths()).filter((path) => !gone.has(path)),
		absent: async () => [
			...((await tree.absent?.()) ?? []),
			...[...gone].map((path) => ({ path, why: WITHHELD })),
		],
		edited: () => [...new Set([...(tree.edited?.() ?? []), data])],
		async read(path) {
			if (path === data) return training;
			return gone.has(path) ? undefined : tree.read(path);
		},
		async text(path) {
			if (path === data) return new TextDecoder().decode(training);
			return gone.has(path) ? undefined : tree.text(path);
		},
	};
}
