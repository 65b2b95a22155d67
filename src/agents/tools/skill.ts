import { z } from "zod";
import { findSkill, readSkillFile } from "../../skills/catalog.ts";
import {
	generate,
	generatorsOf,
	type MadeFile,
} from "../../skills/generators.ts";
import { nearestSkills } from "../../skills/nearest-skills.ts";
import type { Skill } from "../../skills/parse-skill.ts";
import { type Reading, readingTool } from "./tool.ts";

export const skill = readingTool({
	name: "skill",
	description:
		"Opens a skill of the catalogue: decisions, snippets, traps, how to verify. With `reference`, one of the files its page lists.",
	input: z.strictObject({
		name: z.string().min(1).max(64),
		reference: z.string().min(1).max(100).optional(),
	}),
	read(_tree, { name, reference }) {
		const found = findSkill(name);
		if (!found)
			return missing(
				`there is no skill of that name; nearest: ${nearestSkills(name).join(", ")}. A skill that the repository brings is a file: read it with view`,
			);
		return reference ? open(found, reference) : { ok: true, text: found.body };
	},
});

/** A file beside the page, or what a template of it makes. */
function open(found: Skill, reference: string): Reading {
	const text = readSkillFile(found, reference);
	if (text !== undefined) return { ok: true, text };
	const generators = generatorsOf(found.name);
	try {
		const made = generate(found.name, reference);
		if (made) return { ok: true, text: made.map(showFile).join("\n") };
	} catch (error) {
		return missing((error as Error).message);
	}
	const there = [...found.files, ...generators];
	return missing(
		there.length > 0
			? `${found.name} has no file of that name; it has ${there.join(", ")}`
			: `${found.name} has no references; open it without one`,
	);
}

const showFile = ({ path, text }: MadeFile) =>
	`${path}\n\`\`\`python\n${text}\`\`\`\n`;

const missing = (message: string): Reading => ({
	ok: false,
	code: "E_NOT_FOUND",
	message,
});
