// The shape of a sanity check, and how its figures are written.
import type { z } from "zod";
import type { SanityCheck as SanityCheckSchema } from "../../../reports/results.ts";
import type { Bench } from "../run-systems.ts";
import type { Trial } from "../trials.ts";

export type SanityCheck = z.infer<typeof SanityCheckSchema>;

export const check = (
	name: string,
	passed: boolean,
	detail: string,
): SanityCheck => ({ name, status: passed ? "passed" : "failed", detail });

export const notApplicable = (name: string, detail: string): SanityCheck => ({
	name,
	status: "not applicable",
	detail,
});

export const notRun = (name: string, fault: string): SanityCheck =>
	check(name, false, `could not be run: the ${fault}`);

export const short = (value: number) => value.toFixed(3);

/** The model with the contract's first seed. */
export function trialOf(
	name: string,
	{ subject }: Bench,
	data: string,
	predictions: Trial["predictions"],
): Trial {
	const seed = subject.contract.seeds[0] as number;
	return { name, system: "model", seed, data, predictions };
}
