// The base branch moves while a design waits. What that means for the design:
// fresh (not touched), narrow (shown and asked again), stale (designed again).

export interface Movement {
	/** Paths that differ between the recorded base and the branch's head. */
	readonly changed: readonly string[];
	/** Those of them that no longer exist. */
	readonly removed: readonly string[];
	/** The recorded base is no longer part of the branch. */
	readonly rewritten: boolean;
}

export interface Drift {
	readonly verdict: "none" | "fresh" | "narrow" | "stale";
	/** Why, as a sentence for people; empty for none and fresh. */
	readonly why: string;
}

export const NO_DRIFT: Drift = { verdict: "none", why: "" };

/** The ground is another branch: what was read of the old one proves nothing. */
export const branchGone = (old: string, now: string): Drift => ({
	verdict: "stale",
	why: `The branch \`${old}\` is gone; the default branch is now \`${now}\`.`,
});

/** `cited`: paths the design rests on; `data`: the table its contract is bound to. */
export function judgeMovement(
	{ changed, removed, rewritten }: Movement,
	cited: ReadonlySet<string>,
	data: string,
): Drift {
	const stale = (why: string): Drift => ({ verdict: "stale", why });
	if (rewritten)
		return stale("The branch was rewritten; the recorded base is gone.");
	if (changed.includes(data))
		return stale(`The data the contract is bound to changed: ${data}`);
	const gone = removed.filter((path) => cited.has(path));
	if (gone.length > 0)
		return stale(`Files the design rests on are gone: ${gone.join(", ")}`);
	const touched = changed.filter((path) => cited.has(path));
	if (touched.length === 0) return { verdict: "fresh", why: "" };
	return {
		verdict: "narrow",
		why: `Files the design rests on changed: ${touched.join(", ")}`,
	};
}
