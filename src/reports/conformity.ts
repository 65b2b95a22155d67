// How far a change is what was approved and asked for, as found before its pull
// request opens.
import { z } from "zod";
import { line, quote, text } from "./fields.ts";
import { CheckedItem } from "./items.ts";

export const DesignReview = z
	.object({
		summary: text(),
		verdict: z.enum(["as designed", "deviates"]),
		deviations: z
			.array(
				z.object({
					what: line("What the design says, and what the change does instead"),
					path: z.string().describe("The changed file, as it is named above"),
					quote: quote("What deviates"),
					must_fix: z
						.boolean()
						.describe(
							"true if it is not what was approved; false for a remark",
						),
				}),
			)
			.max(10),
	})
	.describe("A review of a change against the approved design");
export type DesignReview = z.infer<typeof DesignReview>;

/** A trial of the whole way from table to predictions, on a few training rows. */
export const SmokeRun = z.object({
	status: z.enum(["passed", "failed", "not run"]),
	/** One sentence. */
	reason: z.string(),
	seconds: z.number(),
});
export type SmokeRun = z.infer<typeof SmokeRun>;

export const Conformity = z.object({
	items: z.array(CheckedItem),
	review: z
		.object({
			by: z.string(),
			summary: z.string(),
			verdict: z.enum(["as designed", "deviates"]),
			deviations: z.array(
				z.object({
					what: z.string(),
					path: z.string(),
					/** Absent when the quote stands nowhere in the change. */
					line: z.number().int().optional(),
					mustFix: z.boolean(),
				}),
			),
		})
		.optional(),
	smoke: SmokeRun.optional(),
});
export type Conformity = z.infer<typeof Conformity>;
