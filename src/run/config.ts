// `.github/modelwright.yml` of the target repository: what it may say.
import { z } from "zod";
import { MODEL_NAMES } from "../reports/models.ts";
import { ROLES } from "../reports/workflow.ts";
import { MOST_USD } from "./budget.ts";
import { commandFault } from "./command-line.ts";
import { globMatcher } from "./glob-match.ts";

const Gate = z.enum(["ask", "auto"]);
const gate = (phase: string) => Gate.describe(phase).optional();
const Model = z.enum(MODEL_NAMES);

const Usd = z.number().positive().max(MOST_USD);

const Globs = z
	.array(
		z
			.string()
			.min(1)
			.max(200)
			.superRefine((pattern, context) => {
				const matcher = globMatcher(pattern);
				if (!matcher.ok)
					context.addIssue({ code: "custom", message: matcher.why });
			}),
	)
	.max(100)
	.default([]);

const Command = (needed: readonly string[], known = needed) =>
	z
		.string()
		.max(1_000)
		.superRefine((line, context) => {
			const message = commandFault(line, needed, known);
			if (message) context.addIssue({ code: "custom", message });
		});

const TRAIN = ["system", "data", "model_dir"];
const PREDICT = ["system", "features", "model_dir", "out"];

const ActionsConfig = z.strictObject({
	labels: z
		.array(z.string().min(1).max(100))
		.min(1)
		.max(10)
		.default(["ubuntu-latest"])
		.describe(
			"Labels of the runner that takes a job, e.g. `[self-hosted, gpu]`; it has to have all of them.",
		),
	minutes: z
		.number()
		.int()
		.min(1)
		.max(1_440)
		.default(60)
		.describe("The longest one job may take."),
	requirements: z
		.string()
		.max(200)
		.regex(/^(?!\/)(?!.*\.\.)[\w./-]+$/, {
			error: "expected a path inside the repository, e.g. `requirements.txt`",
		})
		.default("requirements.txt")
		.describe("What pip installs before a job, if there is such a file."),
});
export type ActionsConfig = z.infer<typeof ActionsConfig>;

export const Config = z
	.strictObject({
		label: z
			.string()
			.min(1)
			.max(50)
			.default("ml-task")
			.describe("The label that starts a run."),
		budget: z
			.union([
				Usd,
				z.strictObject({
					run: Usd.default(25).describe("What one run may spend in all."),
					phase: Usd.optional().describe(
						"What one phase may spend, all its attempts together.",
					),
					agent: Usd.optional().describe(
						"What one agent of a phase may spend, all its attempts together.",
					),
				}),
			])
			.default(25)
			.describe(
				"US dollars one run may spend on the model; or a map that also limits each phase and each agent.",
			),
		gates: z
			.union([
				z.literal("specification"),
				z.strictObject({
					requirements: gate(
						"Phase 1; asks anyway while a question blocks. Default auto.",
					),
					risks: gate("Phase 3. Default auto."),
					approach: gate(
						"Phase 4; auto takes the recommended one. Default auto.",
					),
					pipeline: gate("Phase 5. Default auto."),
					findings: gate("Phase 10. Default ask."),
				}),
			])
			.default({})
			.describe(
				"Where a run asks a person beyond the approval of the design, which always asks: `ask` or `auto` for each gate, or `specification` to ask at every one.",
			),
		models: z
			.partialRecord(z.enum(["default", "fallback", ...ROLES]), Model)
			.default({})
			.describe(
				"The model of each agent role; `default` is for the roles not named. Without an entry a role uses the one of its own file. `fallback` is asked, once and in a new conversation, where an agent's own model declines the work.",
			),
		paths: z
			.strictObject({
				read_deny: Globs.describe(
					"Globs of files that agents never see and never write.",
				),
				write_allow: Globs.describe(
					"Globs; when there are any, agents write nowhere else. The adapter modelwright_eval.py has to be among them.",
				),
				write_deny: Globs.describe("Globs of files that agents never write."),
			})
			.prefault({})
			.describe("Files that agents may or may not touch."),
		runner: z
			.enum(["auto", "wasm", "bubblewrap", "actions"])
			.default("auto")
			.describe(
				"Where the repository's code runs; `auto` takes the safest runner that has what the code imports.",
			),
		actions: ActionsConfig.prefault({}).describe(
			"How jobs run on the repository's own runners of GitHub Actions, where they do.",
		),
		commands: z
			.strictObject({
				tests: Command([])
					.optional()
					.describe(
						"Runs the unit tests, e.g. `python -m unittest discover -s tests`. Without it, tests are found by their names.",
					),
				train: Command(TRAIN, [...TRAIN, "seed"])
					.optional()
					.describe(
						"Trains {system} (model or baseline) on the table {data} with {seed} and keeps it in the folder {model_dir}. Without it: modelwright_eval.py.",
					),
				predict: Command(PREDICT, [...PREDICT, "seed"])
					.optional()
					.describe(
						"Reads the table {features} and writes predictions to {out} with what is kept in {model_dir}. Without it: modelwright_eval.py.",
					),
			})
			.default({})
			.describe(
				"Python command lines; there is no shell, words are split at spaces and quotes group them.",
			),
		pull_requests: z
			.enum(["stacked", "sequential"])
			.default("stacked")
			.describe(
				"`stacked`: each pull request builds on the one before. `sequential`: the run waits until one is merged; the next starts from the default branch.",
			),
		quiet: z
			.boolean()
			.default(false)
			.describe(
				"Results that need nothing from people get no comment of their own; the next one carries them.",
			),
		preview: z
			.boolean()
			.default(false)
			.describe("Phases 1 to 6 alone: a design, no approval, no code."),
		rules: z
			.strictObject({
				waive: z
					.array(
						z.strictObject({
							rule: z
								.string()
								.regex(/^[A-Z]{2,6}\d{2}$/)
								.describe("The rule's id, e.g. SEC01."),
							paths: Globs.describe("Globs; without them, all files."),
							reason: z
								.string()
								.trim()
								.min(5)
								.max(300)
								.describe("Why that is right here; the model card shows it."),
						}),
					)
					.max(100)
					.default([])
					.describe("Rules whose findings this repository lives with."),
			})
			.prefault({})
			.describe("The rules for Python, see docs/rules."),
		retention: z
			.strictObject({
				days: z
					.number()
					.int()
					.min(1)
					.max(3_650)
					.default(30)
					.describe(
						"Days after a run's end until its journals and transcripts are deleted.",
					),
			})
			.prefault({})
			.describe("How long Modelwright keeps what it noted of a run."),
	})
	.describe("Configuration of Modelwright for one repository.");
export type Config = z.infer<typeof Config>;

export const DEFAULT_CONFIG: Config = Config.parse({});

export type ParsedConfig =
	| { readonly ok: true; readonly config: Config }
	/** Each names the line, the key, what was expected and how to mend it. */
	| {
			readonly ok: false;
			readonly faults: readonly string[];
			/** What it names as its label all the same: whoever puts that on is to hear of the faults. */
			readonly label?: string;
	  };

/** Gates the specification asks at, beyond the one that always asks (approval). */
type ConfigurableGate =
	| "requirements"
	| "risks"
	| "approach"
	| "pipeline"
	| "findings";

/** Findings ask by default: somebody has to say what to fix. */
export function asks(config: Config, gate: ConfigurableGate): boolean {
	if (config.gates === "specification") return true;
	const fallback = gate === "findings" ? "ask" : "auto";
	return (config.gates[gate] ?? fallback) === "ask";
}
