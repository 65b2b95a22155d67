// `.github/modelwright.yml` of the target repository, read from its default branch.
import { load, YAMLException } from "js-yaml";
import { z } from "zod";

const Gate = z.enum(["ask", "auto"]);

export const Config = z.strictObject({
	/** Label that starts a run. */
	label: z.string().min(1).max(50).default("ml-task"),
	/** US dollars one run may spend on the model. */
	budget: z.number().positive().max(10_000).default(25),
	gates: z
		.union([
			z.literal("specification"),
			z.strictObject({
				requirements: Gate.optional(),
				risks: Gate.optional(),
				approach: Gate.optional(),
				pipeline: Gate.optional(),
				findings: Gate.optional(),
			}),
		])
		.default({}),
	/** Phases 1 to 6 alone: a design, no code. */
	preview: z.boolean().default(false),
});
export type Config = z.infer<typeof Config>;

export const DEFAULT_CONFIG: Config = Config.parse({});

/** 64 KiB is far more than any honest configuration. */
const MAX_BYTES = 65_536;

export type ParsedConfig =
	| { ok: true; config: Config }
	| { ok: false; faults: string[] };

/** Must not throw. `text` is undefined when the repository has no such file. */
export function parseConfig(text: string | undefined): ParsedConfig {
	const blank = (text ?? "").replace(/^\s*#.*$/gm, "").trim() === "";
	if (text === undefined || blank) return { ok: true, config: DEFAULT_CONFIG };
	if (text.length > MAX_BYTES)
		return {
			ok: false,
			faults: [`the file is larger than ${MAX_BYTES} bytes`],
		};
	if (/(^|\s)[&*][A-Za-z0-9_]+/m.test(text))
		return { ok: false, faults: ["anchors and aliases are not allowed"] };
	let value: unknown;
	try {
		value = load(text);
	} catch (error) {
		const reason = error instanceof YAMLException ? error.message : "not YAML";
		return { ok: false, faults: [reason.split("\n")[0] ?? reason] };
	}
	const parsed = Config.safeParse(value);
	if (parsed.success) return { ok: true, config: parsed.data };
	return {
		ok: false,
		faults: parsed.error.issues.map(
			(issue) => `${issue.path.join(".") || "file"}: ${issue.message}`,
		),
	};
}

/** Gates the specification asks at, beyond the one that always asks (approval). */
const SPECIFICATION = [
	"requirements",
	"risks",
	"approach",
	"pipeline",
	"findings",
] as const;
type ConfigurableGate = (typeof SPECIFICATION)[number];

/** Findings ask by default: somebody has to say what to fix. */
export function asks(config: Config, gate: ConfigurableGate): boolean {
	if (config.gates === "specification") return true;
	const fallback = gate === "findings" ? "ask" : "auto";
	return (config.gates[gate] ?? fallback) === "ask";
}
