// How a conversation is held, and in what other manner it may be begun once
// more. Thoughts belong to one model and one history, so nothing is carried over.
import { modelId } from "../model/pricing.ts";
import type { Role } from "../reports/workflow.ts";
import type { Config } from "../run/config.ts";
import type { Failure } from "../run/run.ts";
import type { PackSize } from "./prompt/pack.ts";
import { ROSTER } from "./roster.ts";

export interface Manner {
	readonly model: string;
	/** How much of the repository stands in the prompt before the first read. */
	readonly pack: PackSize;
}

/** The model as the repository asks; else what the role's own file names. */
export const firstManner = (role: Role, models: Config["models"]): Manner => ({
	model: modelId(models[role] ?? models.default ?? ROSTER[role].model),
	pack: "whole",
});

/** undefined where the same would only happen again; so there is an end to it. */
export function mannerAfter(
	{ kind }: Failure,
	manner: Manner,
	models: Config["models"],
): Manner | undefined {
	const fallback = models.fallback && modelId(models.fallback);
	if (kind === "refusal" && fallback && fallback !== manner.model)
		return { ...manner, model: fallback };
	if (kind === "context overflow" && manner.pack === "whole")
		return { ...manner, pack: "small" };
	return undefined;
}
