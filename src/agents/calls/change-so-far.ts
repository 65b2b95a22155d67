// What a writer has edited with tools, and what it hands in on top of that.
import type { Change, ChangeSubmission } from "../../reports/change.ts";
import { applyChange } from "../../workspace/change-set.ts";
import { type Edits, editedTree } from "../../workspace/edited-tree.ts";
import type { Tree } from "../../workspace/tree.ts";

/** The edits that a change comes to, where a writer goes on from one. */
export async function editsOf(
	tree: Tree,
	change: Change | undefined,
): Promise<Edits> {
	if (!change) return {};
	const applied = await applyChange((path) => tree.text(path), change);
	if (!applied.ok) return {};
	return Object.fromEntries([
		...applied.deletions.map((path) => [path, null] as const),
		...applied.files.map(({ path, content }) => [path, content] as const),
	]);
}

/** One change with whole files. Without edits it is what was handed in. */
export async function joinEdits(
	tree: Tree,
	edits: Edits,
	change: ChangeSubmission,
): Promise<ChangeSubmission> {
	if (Object.keys(edits).length === 0) return change;
	const edited = editedTree(tree, edits);
	const applied = await applyChange((path) => edited.text(path), change);
	if (!applied.ok) return change;
	const all = new Map<string, string | null>(Object.entries(edits));
	for (const path of applied.deletions) all.set(path, null);
	for (const { path, content } of applied.files) all.set(path, content);
	const known = new Set(await tree.paths());
	const files: ChangeSubmission["files"] = [];
	const deletions: string[] = [];
	for (const [path, content] of all)
		if (content !== null) files.push({ path, content });
		else if (known.has(path)) deletions.push(path);
	return { ...change, files, replacements: [], deletions };
}
