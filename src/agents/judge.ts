// Whether a submission may pass: first its form, then the places it names, then
// what the phase demands.
import { z } from "zod";
import type { ChangeSubmission } from "../reports/change.ts";
import type { SubmissionKind } from "../reports/submissions.ts";
import { type Edits, editedTree } from "../workspace/edited-tree.ts";
import { joinEdits } from "./change-so-far.ts";
import { schemaOf } from "./tools/submit.ts";
import { verifyAgainstTree } from "./verify.ts";
import type { World } from "./world.ts";

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
		if (faults.length === 0)
			return {
				ok: true,
				submission:
					kind === "change"
						? await joinEdits(tree, edits, parsed.data as ChangeSubmission)
						: parsed.data,
			};
		return refused(faults.map((fault) => `- ${fault}`).join("\n"));
	} catch (error) {
		log.error({ error, kind }, "a submission could not be checked");
		return refused("it could not be checked; hand it in once more");
	}
}

const refused = (faults: string): Judgement => ({
	ok: false,
	faults: faults.slice(0, LONGEST),
});
