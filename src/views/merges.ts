// Where the pull requests of a run ended up.
import { unmergedPulls } from "../run/awaited-pulls.ts";
import type { Run } from "../run/run.ts";
import { codeSpan } from "./code.ts";
import { pullLink } from "./links.ts";
import { renderMarker } from "./marker.ts";

/** Undefined while any of them is not merged. */
export function mergesLine(run: Run): string | undefined {
	const { merges = [], repository, base } = run;
	if (merges.length === 0 || unmergedPulls(run).length > 0) return undefined;
	const page = repository.htmlUrl;
	const links = merges.map(({ number, sha }) => {
		const pull = pullLink({ number, url: `${page}/pull/${number}` });
		const commit = sha && codeSpan(sha.slice(0, 7));
		return commit ? `${pull} ([${commit}](${page}/commit/${sha}))` : pull;
	});
	return `**Merged into ${codeSpan(base.branch)}:** ${links.join(", ")}.`;
}

/** For a run whose summary is not kept any more. */
export const renderMerges = (run: Run): string =>
	[renderMarker("merged", { run: run.id }), mergesLine(run) ?? ""].join("\n\n");

export function renderRevert(
	run: Run,
	number: number,
	revert: { readonly number: number; readonly url: string },
): string {
	const marker = { run: run.id, key: `reverted-${number}-${revert.number}` };
	const pull = { number, url: `${run.repository.htmlUrl}/pull/${number}` };
	return [
		renderMarker("reverted", marker),
		`**${pullLink(pull)} was reverted** by ${pullLink(revert)}: its change is not in ${codeSpan(run.base.branch)} any more. What was built and measured stands above. For another try, open the issue again, take the label ${codeSpan(run.config.label)} off and put it on again.`,
	].join("\n\n");
}
