// What became of the findings of phase 10: people let one stand for good, or a
// commit of theirs took its lines away. Both are known by the code that is meant.
import type { Dismissal, NamedFinding, Resolution, Run } from "./run.ts";

type Known = Pick<NamedFinding, "fingerprint">;
type Fates = Pick<Run, "dismissals" | "resolutions">;

export const dismissalOf = (
	{ dismissals = [] }: Fates,
	{ fingerprint }: Known,
): Dismissal | undefined =>
	dismissals.findLast((one) => one.fingerprint === fingerprint);

export const resolutionOf = (
	{ resolutions = [] }: Fates,
	{ fingerprint }: Known,
): Resolution | undefined =>
	resolutions.findLast((one) => one.fingerprint === fingerprint);

export const isOpen = (run: Fates, finding: Known): boolean =>
	!dismissalOf(run, finding) && !resolutionOf(run, finding);

/** Those that /fix and /dismiss may name. */
export const openFindings = (run: Run): NamedFinding[] =>
	(run.findings ?? []).filter((finding) => isOpen(run, finding));
