// One SKILL.md in the public Agent Skills format. What our own selection needs
// stands in `metadata`, which the format leaves to whoever writes a skill.
import { load } from "js-yaml";
import { z } from "zod";

/** As the specification of the workflow groups them. */
export const GROUPS = [
	"Core ML",
	"Data processing",
	"Statistics and analysis",
	"Visualisation",
	"Utilities",
] as const;

export interface SkillPage {
	readonly name: string;
	/** What it is for and when to use it; agents always see the first sentence. */
	readonly description: string;
	readonly group: (typeof GROUPS)[number];
	/** Other names it is known by. */
	readonly aliases: readonly string[];
	/** Top-level Python modules whose import speaks for it. */
	readonly imports: readonly string[];
	/** Words and phrases of a task that speak for it. */
	readonly words: readonly string[];
	readonly body: string;
}

export interface Skill extends SkillPage {
	/** References and scripts beside the page, such as `references/splits.md`. */
	readonly files: readonly string[];
}

const list = z
	.string()
	.default("")
	.transform((text) =>
		text
			.split(",")
			.map((item) => item.trim())
			.filter((item) => item !== ""),
	);

const FrontMatter = z.strictObject({
	name: z
		.string()
		.max(64)
		.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "lower-case words joined by hyphens"),
	description: z
		.string()
		.min(40)
		.max(1024)
		.regex(/^[^<>]*$/, "no angle brackets"),
	license: z.string().optional(),
	compatibility: z.string().max(500).optional(),
	"allowed-tools": z.string().optional(),
	metadata: z.strictObject({
		group: z.enum(GROUPS),
		aliases: list,
		imports: list,
		words: list,
	}),
});

/** Throws with file and key when the text does not follow the format: a fault of the installation. */
export function parseSkill(folder: string, source: string): SkillPage {
	const file = `${folder}/SKILL.md`;
	const parts = /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(source);
	if (!parts)
		throw new Error(
			`${file}: expected YAML between two --- lines, then the text`,
		);
	const [, matter = "", body = ""] = parts;
	const parsed = FrontMatter.safeParse(read(file, matter));
	if (!parsed.success) {
		const faults = parsed.error.issues.map(
			({ path, message }) => `${path.join(".") || "front matter"}: ${message}`,
		);
		throw new Error(`${file}: ${faults.join("; ")}`);
	}
	const { name, description, metadata } = parsed.data;
	if (name !== folder)
		throw new Error(`${file}: name: "${name}" must be the folder's name`);
	return { name, description, ...metadata, body: body.trim() };
}

function read(file: string, matter: string): unknown {
	try {
		return load(matter);
	} catch (error) {
		const [why = ""] = (error as Error).message.split("\n");
		throw new Error(`${file}: front matter: ${why}`);
	}
}
