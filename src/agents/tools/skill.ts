import { z } from "zod";
import { findSkill, readSkillFile } from "../../skills/catalog.ts";
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

function open(found: Skill, reference: string): Reading {
	const text = readSkillFile(found, reference);
	if (text !== undefined) return { ok: true, text };
	return missing(
		found.files.length > 0
			? `${found.name} has no file of that name; it has ${found.files.join(", ")}`
			: `${found.name} has no references; open it without one`,
	);
}

const missing = (message: string): Reading => ({
	ok: false,
	code: "E_NOT_FOUND",
	message,
});
