// What the demo reads off the forge, as a person would read it off the issue page.
import type { Forge } from "../../local/forge/forge.ts";
import { parseMarker } from "../../views/marker.ts";

export interface Marked {
	readonly kind: string;
	readonly data: Readonly<Record<string, unknown>>;
	readonly body: string;
	readonly id: number;
}

/** The App's own comments on the issue that carry a marker, oldest first. */
export function markedComments(
	forge: Forge,
	repository: string,
	issue: number,
): Marked[] {
	const { comments } = forge.repository(repository);
	return [...comments.values()]
		.filter((comment) => comment.number === issue && comment.viaApp)
		.sort((a, b) => a.id - b.id)
		.flatMap(({ body, id }) => {
			const marker = parseMarker(body);
			return marker ? [{ ...marker, body, id }] : [];
		});
}

export interface Standing {
	readonly state: string;
	readonly phase: number;
	readonly attempt: number;
	/** The line under the headline: time and cost. */
	readonly tally: string;
}

/** Where the run stands, from the status comment; undefined before there is one. */
export function standing(comments: readonly Marked[]): Standing | undefined {
	const status = comments.find(({ kind }) => kind === "status");
	if (!status) return undefined;
	const [, , tally = ""] = status.body
		.split("\n")
		.filter((line) => line.trim() !== "");
	const at = (status.data.at ?? {}) as Record<string, unknown>;
	return {
		state: String(at.state),
		phase: Number(at.phase),
		attempt: Number(at.attempt),
		tally: tally.replace(/[`*]/g, ""),
	};
}

const ENDED = ["delivered", "closed", "cancelled", "failed"];

export const hasEnded = ({ state }: Standing) => ENDED.includes(state);

/** The command that the newest asking comment shows in its first code span. */
export function askedCommand(comments: readonly Marked[]): string | undefined {
	const asking = comments.findLast(
		({ kind }) => kind === "phase" || kind === "trouble" || kind === "merge",
	);
	return asking && /`(\/[^`]+)`/.exec(asking.body)?.[1];
}
