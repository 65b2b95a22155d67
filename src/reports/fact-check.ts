// What somebody who did not say it finds of what was said: of designs' claims,
// of findings. One form for all, since every request carries each form.
import { z } from "zod";
import { line } from "./fields.ts";

export const FactCheck = z
	.object({
		verdicts: z
			.array(
				z.object({
					about: z.string().describe("Its name, as listed"),
					verdict: z.enum(["confirmed", "refuted", "unsure"]),
					confidence: z.number().int().min(0).max(100),
					remark: line("What was found"),
				}),
			)
			.min(1),
	})
	.describe("A check of what others claim");
export type FactCheck = z.infer<typeof FactCheck>;

/** Names may come back decorated: "F2:" or "the pragmatic one". */
export const verdictOn = (
	{ verdicts }: FactCheck,
	name: string,
): FactCheck["verdicts"][number] | undefined =>
	verdicts.find(({ about }) =>
		about
			.toLowerCase()
			.split(/[^\w-]+/)
			.includes(name.toLowerCase()),
	);
