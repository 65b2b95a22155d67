// The change beside the approved design, read by somebody who did not write it.
import { fence } from "../../agents/prompt/untrusted.ts";
import type { Conformity } from "../../reports/conformity.ts";
import type { Role } from "../../reports/workflow.ts";
import type { Lead, NewFile } from "../phase.ts";
import { lineOf } from "./line-of.ts";
import type { BuildOrder } from "./order.ts";
import { showFiles } from "./show-files.ts";
import type { Draft } from "./version.ts";

/** Nothing is mended for a quote that nobody can find. */
const NOWHERE = "a remark: what it quotes stands nowhere in the change";

type Review = NonNullable<Conformity["review"]>;

export async function reviewDesign(
	{ agents }: Lead,
	{ phase, slug }: BuildOrder,
	role: Role,
	{ round, change: { deletions = [] } }: Draft,
	files: readonly NewFile[],
): Promise<Review> {
	const { summary, verdict, deviations } = await agents.one({
		role,
		name: round === 1 ? `compare-${slug}` : `compare-${slug}-again`,
		phase,
		submit: "design_review",
		brief: `Compare this change with the design that was approved (reports of phases 4 to 6). Nobody has opened it yet: your tools show the repository without it, its files as they would become stand below.
Look for what was approved and is missing, what is built otherwise, and what nobody approved. A deviation must be fixed if people would not get what they approved; a matter of taste is none. For each, quote a line of the files below, the nearest one for what is missing: with a quote that is not there it is a remark only. General review follows in phase 10. "As designed" with no deviation is a good answer.

${showFiles(files)}${deletions.length ? `\n\nFiles it deletes:\n${fence("files", 'name="deleted"', deletions.join("\n"))}` : ""}`,
	});
	const found = deviations.map(({ what, path, quote, must_fix }) => {
		const line = lineOf(files, path, quote);
		return line
			? { what, path, line, mustFix: must_fix }
			: { what: `${what} (${NOWHERE})`, path, mustFix: false };
	});
	return {
		by: role,
		summary,
		verdict: found.some(({ mustFix }) => mustFix) ? "deviates" : verdict,
		deviations: found,
	};
}
