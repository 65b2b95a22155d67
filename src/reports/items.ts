// What the specification asks of phases 7, 8 and 9, item by item: the writer
// says where each stands, code looks whether it does.
import { z } from "zod";
import { line } from "./fields.ts";

/** One thing a change must show. */
export interface Wanted {
	readonly item: ItemName;
	readonly what: string;
	/** Some models and some repositories rightly go without it. */
	readonly ifAny?: true;
}

const ITEMS = {
	model_class: "The model as a class or as functions with one home",
	forward_pass: "From inputs to outputs, where there is one",
	loss: "The loss, as fitted or as computed",
	metrics: "The metrics the model is watched with",
	typing: "Types on what others call",
	documentation: "Documentation of what others call",
	unit_tests: "A unit test of a model component, in a test file",
	training_script: "The script or module that trains",
	data_loading: "How training data is loaded",
	experiment_tracking: "How a run is logged or tracked",
	configuration: "Where hyper-parameters and paths are configured",
	checkpoints: "How a trained model is saved and loaded again",
	reproducibility: "Seeds, and the versions a run records",
	serving: "The entry by which the model serves or scores in batch",
	environments: "Configuration for each environment",
	data_flow: "Data flowing from end to end, as a test shows it",
	caching: "Caching or another optimisation, where asked for",
} as const;
export type ItemName = keyof typeof ITEMS;

const must = (item: ItemName): Wanted => ({ item, what: ITEMS[item] });
const ifAny = (item: ItemName): Wanted => ({ ...must(item), ifAny: true });

export const MODEL_ITEMS: readonly Wanted[] = [
	must("model_class"),
	ifAny("forward_pass"),
	ifAny("loss"),
	ifAny("metrics"),
	must("typing"),
	must("documentation"),
	must("unit_tests"),
];

export const TRAINING_ITEMS: readonly Wanted[] = [
	must("training_script"),
	must("data_loading"),
	must("experiment_tracking"),
	must("configuration"),
	must("checkpoints"),
	must("reproducibility"),
];

export const INTEGRATION_ITEMS: readonly Wanted[] = [
	must("serving"),
	ifAny("environments"),
	must("data_flow"),
	ifAny("caching"),
];

/** One item as the writer hands it in. */
const ShownItem = z.object({
	item: z.string(),
	applies: z.boolean().optional(),
	path: z.string().describe("A file of this change"),
	quote: z.string().meta({ format: "quote" }).describe("A whole line of it"),
	how: line("How, or why it does not apply").optional(),
});
export type ShownItem = z.infer<typeof ShownItem>;

export const ShownItems = z
	.array(ShownItem)
	.max(20)
	.describe("Where this change shows what the assignment lists");

/** One item as code found it. */
export const CheckedItem = z.object({
	name: z.string(),
	met: z.boolean(),
	/** false: the writer says why this design has no such thing. */
	applies: z.boolean(),
	path: z.string().optional(),
	line: z.number().int().optional(),
	/** How it is done, or what is missing. */
	remark: z.string(),
});
export type CheckedItem = z.infer<typeof CheckedItem>;
