// Whether a submission may pass: first its form, then the places it names, then
// what the phase demands, and of a change what the publisher will.
import { z } from "zod";
import type { ChangeSubmission } from "../../reports/change.ts";
import type { SubmissionKind } from "../../reports/submissions.ts";
import { changeFaults } from "../../run/policy.ts";
import { secretFaults } from "../../run/secret-faults.ts";
import { type Edits, editedTree } from "../../workspace/edited-tree.ts";
import type { Tree } from "../../workspace/tree.ts";
import { schemaOf } from "../tools/submit.ts";
import type { World } from "../world.ts";
import { editsOf, joinEdits } from "./change-so-far.ts";
import { verifyAgainstTree } from "./verify.ts";

export type Judgement =
	| { readonly ok: true; readonly submission: unknown }
	| { readonly ok: false; readonly faults: string };

const LONGEST = 6_000;

/** Must not throw: what cannot be checked has not passed. */
export async function judge(
	kind: SubmissionKind,
	input: unknown,
	{ tree, run, verify, log }: Pick<World, "tree" | "run" | "verify" | "log">,
	edits: Edits = {},
): Promise<Judgement> {
	const parsed = schemaOf(kind).safeParse(input);
	if (!parsed.success) return refused(z.prettifyError(parsed.error));
	try {
		const faults = [
			...(await verifyAgainstTree(
				kind,
				parsed.data,
				editedTree(tree, edits),
				run.config.paths,
			)),
			...((await verify?.(kind, parsed.data)) ?? []),
		];
		if (faults.length > 0) return refused(inLines(faults));
		if (kind !== "change") return { ok: true, submission: parsed.data };
		const change = parsed.data as ChangeSubmission;
		const submission = await joinEdits(tree, edits, change);
		const unpublishable = await publishingFaults(tree, submission);
		if (unpublishable.length > 0) return refused(inLines(unpublishable));
		return { ok: true, submission };
	} catch (error) {
		log.error({ error, kind }, "a submission could not be checked");
		return refused("it could not be checked; hand it in once more");
	}
}

/** Said while it can be mended: a commit with any of these is refused. */
async function publishingFaults(tree: Tree, change: ChangeSubmission) {
	const files = Object.entries(await editsOf(tree, change)).flatMap(
		([path, content]) => (content === null ? [] : { path, content }),
	);
	const said = [change.title, change.why, ...change.what].join("\n");
	const secrets = files.map(async ({ path, content }) =>
		(await secretFaults(content)).map(
			(fault) => `${path}: ${fault}; take it out, or leave the file as it was`,
		),
	);
	return [
		...(files.length > 0 ? changeFaults(files) : []),
		...(await Promise.all(secrets)).flat(),
		...(await secretFaults(said)).map((fault) => `title, why, what: ${fault}`),
	];
}

const inLines = (faults: readonly string[]) =>
	faults.map((fault) => `- ${fault}`).join("\n");

const refused = (faults: string): Judgement => ({
	ok: false,
	faults: faults.slice(0, LONGEST),
});
