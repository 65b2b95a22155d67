// What the specification asks of phases 7, 8 and 9, item by item: the writer
// says where each stands, code looks whether it does.
import { z } from "zod";
import { line } from "./fields.ts";

/** Short, because every item repeats them: see ABOUT for what they demand. */
const where = {
	path: z.string().max(400).describe("File of this change"),
	quote: z
		.string()
		.max(2_000)
		.meta({ format: "quote" })
		.describe("A whole line of it"),
	how: line("How it is done, or why it does not apply"),
};

const ABOUT =
	"`path` is a file of this change as named in files or replacements; `quote` is copied from it as this change leaves it; both may be empty where an item does not apply";

/** Part of every such change. */
const item = (what: string) => z.strictObject(where).describe(what);

/** Some models and some repositories rightly go without it. */
const itemIfAny = (what: string) =>
	z
		.strictObject({
			applies: z.boolean().describe("false: this design has no such thing"),
			...where,
		})
		.describe(what);

export const ModelItems = z
	.strictObject({
		model_class: item("The model as a class or as functions with one home"),
		forward_pass: itemIfAny("From inputs to outputs, where there is one"),
		loss: itemIfAny("The loss, as fitted or as computed"),
		metrics: itemIfAny("The metrics the model is watched with"),
		typing: item("Types on what others call"),
		documentation: item("Documentation of what others call"),
		unit_tests: item("A unit test of a model component, in a test file"),
	})
	.describe(`Where this change shows what was asked for. ${ABOUT}`);

export const TrainingItems = z
	.strictObject({
		training_script: item("The script or module that trains"),
		data_loading: item("How training data is loaded"),
		experiment_tracking: item("How a run is logged or tracked"),
		configuration: item("Where hyper-parameters and paths are configured"),
		checkpoints: item("How a trained model is saved and loaded again"),
		reproducibility: item("Seeds, and the versions a run records"),
	})
	.describe(`Where this change shows what was asked for. ${ABOUT}`);

export const IntegrationItems = z
	.strictObject({
		serving: item("The entry by which the model serves or scores in batch"),
		environments: itemIfAny("Configuration for each environment"),
		data_flow: item("Data flowing from end to end, as a test shows it"),
		caching: itemIfAny("Caching or another optimisation, where asked for"),
	})
	.describe(`Where this change shows what was asked for. ${ABOUT}`);

/** One item as the writer hands it in. */
export interface Item {
	readonly applies?: boolean;
	readonly path: string;
	readonly quote: string;
	readonly how: string;
}

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
