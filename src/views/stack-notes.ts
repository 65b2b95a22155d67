// What people are told of a stack that cannot follow its merges by itself.
import type { Run } from "../run/run.ts";
import { codeSpan, fence } from "./code.ts";
import { pullLink } from "./links.ts";
import { renderMarker } from "./marker.ts";

interface Named {
	readonly number: number;
	readonly url: string;
	readonly branch: string;
}

export type StackNote =
	| {
			readonly kind: "conflict";
			readonly pull: Named;
			/** The branch that does not fit any more. */
			readonly onto: string;
			readonly paths: readonly string[];
	  }
	| {
			readonly kind: "closed" | "elsewhere";
			readonly pull: Named;
			/** The branch it was merged into. */
			readonly into?: string;
			readonly above: readonly Named[];
	  }
	| { readonly kind: "refused"; readonly pull: Named; readonly why: string };

const MOST_PATHS = 20;

export function renderStackNote(run: Run, key: string, note: StackNote) {
	return [renderMarker("stack", { run: run.id, key }), ...text(run, note)].join(
		"\n\n",
	);
}

function text(run: Run, note: StackNote): string[] {
	const { pull } = note;
	const name = pullLink(pull);
	const trunk = codeSpan(run.base.branch);
	switch (note.kind) {
		case "conflict":
			return [
				`**${name} conflicts with ${codeSpan(note.onto)}** now that what it rests on is merged, in ${pathList(note.paths)}. I left its branch as it is: I resolve no conflicts by guessing.`,
				`Resolve it on GitHub, or here; I go on from your commit.`,
				fence(
					[
						"git fetch origin",
						`git switch ${pull.branch}`,
						`git merge origin/${note.onto}`,
						"git commit && git push",
					].join("\n"),
					"sh",
				),
			];
		case "closed":
			return [
				`**${name} was closed without a merge.** ${resting(note.above, "it")} Reopen it and I go on; or set the base of the next one to ${trunk} yourself, and it carries both changes.`,
			];
		case "elsewhere":
			return [
				`**${name} was merged into ${codeSpan(note.into ?? "another branch")}, which did not bring it to ${trunk}.** ${resting(note.above, "its branch")} A pull request from that branch to ${trunk} brings it there.`,
			];
		case "refused":
			return [
				`**GitHub does not take ${name} onto another base:** ${codeSpan(note.why)}. Its branch is as it was.`,
			];
	}
}

const resting = (above: readonly Named[], what: string) =>
	above.length
		? `${above.map(pullLink).join(", ")} ${above.length > 1 ? "rest" : "rests"} on ${what} and ${above.length > 1 ? "stay" : "stays"} as ${above.length > 1 ? "they are" : "it is"}.`
		: "Nothing else rests on it.";

function pathList(paths: readonly string[]): string {
	const shown = paths.slice(0, MOST_PATHS).map(codeSpan);
	const more = paths.length - shown.length;
	return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
