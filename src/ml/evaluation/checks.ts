// The sanity battery: does the result mean what it seems to mean?
// It stands beside the verdict; only a PASS that was not learned is none.
import type { SanityCheck } from "./checks/check.ts";
import { perfectHead } from "./checks/perfect-head.ts";
import { relatedRows } from "./checks/related-rows.ts";
import { sameSeedAndBlind } from "./checks/same-seed-and-blind.ts";
import { seedSpread } from "./checks/seed-spread.ts";
import { nothingShared } from "./checks/shared-rows.ts";
import { shuffledLabels } from "./checks/shuffled-labels.ts";
import { learnsSmallBatch } from "./checks/small-batch.ts";
import { labelsWithheld } from "./checks/withheld-labels.ts";
import { worstSlice } from "./checks/worst-slice.ts";
import { gradientFlow } from "./gradient-flow.ts";
import type { Bench, SystemPredictions } from "./run-systems.ts";

export async function sanityChecks(
	bench: Bench,
	predictions: SystemPredictions,
): Promise<SanityCheck[]> {
	const still = [labelsWithheld(bench), nothingShared(bench, predictions)];
	const figures = [perfectHead, seedSpread, worstSlice].map((look) =>
		look(bench, predictions),
	);
	const first = sameSeedAndBlind(bench, predictions);
	const second = shuffledLabels(bench);
	// Two at a time: each is a process of its own.
	const [again, small, gradients, shuffled, related] = await Promise.all([
		first,
		first.then(() => learnsSmallBatch(bench)),
		first.then(() => gradientFlow(bench)),
		second,
		second.then(() => relatedRows(bench, predictions)),
	]);
	return [...still, related, ...again, shuffled, small, gradients, ...figures];
}
