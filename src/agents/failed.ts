import type { Failure } from "../run/run.ts";
import type { Spent } from "./world.ts";

/** A conversation that ended without a submission, for a reason of ours. */
export const failed = (
	kind: Failure["kind"],
	message: string,
	spent: Spent,
): { ok: false; failure: Failure } & Spent => ({
	ok: false,
	failure: { kind, message },
	...spent,
});
