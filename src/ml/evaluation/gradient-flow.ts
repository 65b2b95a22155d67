// Whether gradients reach every part of a model that is trained by them.

import type { z } from "zod";
import type { SanityCheck as SanityCheckSchema } from "../../reports/results.ts";
import { DEFAULT_LIMITS } from "../../workspace/runners/runner.ts";
import { smallBatch } from "./probes.ts";
import type { Bench } from "./run-systems.ts";
import { ADAPTER, tablePath, troubleOf } from "./trials.ts";
import { tableOf } from "./withhold.ts";

type SanityCheck = z.infer<typeof SanityCheckSchema>;

const NAME = "gradient flow";
const OUTPUT = "modelwright-evaluation/gradients.csv";

/** Libraries whose models are trained by gradients of a loss. */
const IMPORTS =
	/^\s*(?:import|from)\s+(torch|tensorflow|keras|jax|flax|lightning|pytorch_lightning)\b/m;

/**
 * Only the code under test can see its gradients. It shows them where its
 * adapter has a command `gradients`, which writes a CSV of `parameter,norm`
 * after one step on a few training rows.
 */
export async function gradientFlow(bench: Bench): Promise<SanityCheck> {
	const { tree, subject, split, runner, signal } = bench;
	const { contract } = subject;
	const library = libraryIn(tree.files);
	if (!library)
		return notApplicable(
			"nothing here is trained by gradients that a library computes (no PyTorch, TensorFlow or JAX is imported)",
		);
	if (!/\bgradients\b/.test(textOf(tree.files.get(ADAPTER))))
		return notApplicable(
			`${library} is imported, but ${ADAPTER} has no command \`gradients\` that shows them: not measured`,
		);
	const rows = smallBatch(subject, split);
	const data = tablePath("gradients-rows", contract);
	const [seed] = contract.seeds;
	const result = await runner.run(
		{
			files: new Map(tree.files).set(data, tableOf(subject, rows)),
			commands: [
				[
					...[ADAPTER, "gradients", "--system", "model"],
					...["--data", data, "--seed", String(seed), "--out", OUTPUT],
				],
			],
			collect: [OUTPUT],
			limits: DEFAULT_LIMITS,
		},
		signal,
	);
	const trouble = troubleOf(result);
	if (trouble) return failed(`the adapter's \`gradients\`: ${trouble}`);
	return judge(textOf(result.files.get(OUTPUT)), rows.length);
}

function judge(csv: string, rows: number): SanityCheck {
	const [header, ...lines] = csv.trim().split(/\r?\n/);
	if (header !== "parameter,norm" || lines.length === 0)
		return failed(
			"the adapter's `gradients` wrote no CSV with the header parameter,norm",
		);
	const norms = lines.map((line) => {
		const at = line.lastIndexOf(",");
		return { name: line.slice(0, at), norm: Number(line.slice(at + 1)) };
	});
	const still = norms.filter(
		({ norm }) => !(Number.isFinite(norm) && norm > 0),
	);
	return {
		name: NAME,
		status: still.length === 0 ? "passed" : "failed",
		detail: still.length
			? `no finite gradient above zero reaches ${still.length} of ${norms.length} parameters: ${still
					.slice(0, 5)
					.map(({ name }) => name)
					.join(", ")}`
			: `after one step on ${rows} rows every one of ${norms.length} parameters has a finite gradient above zero`,
	};
}

function libraryIn(files: ReadonlyMap<string, Uint8Array>) {
	for (const [path, bytes] of files) {
		const found = path.endsWith(".py") && IMPORTS.exec(textOf(bytes))?.[1];
		if (found) return found;
	}
	return undefined;
}

const textOf = (bytes?: Uint8Array) => new TextDecoder().decode(bytes);

const notApplicable = (detail: string): SanityCheck => ({
	name: NAME,
	status: "not applicable",
	detail,
});

const failed = (detail: string): SanityCheck => ({
	name: NAME,
	status: "failed",
	detail,
});
