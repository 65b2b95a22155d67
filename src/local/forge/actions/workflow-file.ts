// A workflow's file, as far as ours goes: one job, and inputs in place of every
// expression. What it does not understand it refuses, as GitHub would.
import { load } from "js-yaml";
import { z } from "zod";
import { Problem } from "../problem.ts";

const Text = z.record(z.string(), z.union([z.string(), z.number()]));

const Step = z.strictObject({
	name: z.string(),
	uses: z
		.string()
		.regex(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
		.optional(),
	run: z.string().optional(),
	with: z.record(z.string(), z.unknown()).optional(),
	env: Text.optional(),
});

const Workflow = z.object({
	name: z.string(),
	"run-name": z.string().optional(),
	on: z.object({
		workflow_dispatch: z.object({
			inputs: z.record(z.string(), z.object({ required: z.boolean() })),
		}),
	}),
	permissions: z.strictObject({}),
	jobs: z.object({
		job: z.strictObject({
			"runs-on": z.string(),
			"timeout-minutes": z.string(),
			permissions: z.strictObject({ contents: z.literal("read") }),
			steps: z.array(Step),
		}),
	}),
});
export type Workflow = z.infer<typeof Workflow>;
export type Step = z.infer<typeof Step>;
export type Inputs = Readonly<Record<string, string>>;

/** Throws a Problem where the file is none that can be dispatched. */
export function readWorkflow(text: string): Workflow {
	const read = Workflow.safeParse(load(text));
	if (read.success) return read.data;
	throw new Problem(422, `The workflow is not valid: ${read.error.message}`);
}

/** Throws a Problem where they are not those that the workflow asks for. */
export function checkInputs({ on }: Workflow, inputs: Inputs): void {
	const { inputs: known } = on.workflow_dispatch;
	const unexpected = Object.keys(inputs).filter((name) => !(name in known));
	if (unexpected.length > 0)
		throw new Problem(
			422,
			`Unexpected inputs provided: ${JSON.stringify(unexpected)}`,
		);
	for (const [name, { required }] of Object.entries(known))
		if (required && !inputs[name])
			throw new Problem(422, `Required input '${name}' not provided`);
}

/** The text with its inputs in place; throws at any other expression. */
export function fill(text: string, inputs: Inputs): string {
	return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
		const [, decoded, plain] =
			/^(?:fromJSON\(inputs\.(\w+)\)|inputs\.(\w+))$/.exec(expression) ?? [];
		const name = decoded ?? plain;
		if (!name) throw new Error(`the forge does not understand ${expression}`);
		const value = inputs[name] ?? "";
		return decoded ? JSON.stringify(JSON.parse(value)) : value;
	});
}
