import type { AskedReview } from "./run.ts";

/** The head on which CI failed; undefined of what people ask for. */
export const ciHead = ({ id }: Pick<AskedReview, "id">): string | undefined =>
	/^ci-([0-9a-f]+)$/.exec(id)?.[1];
