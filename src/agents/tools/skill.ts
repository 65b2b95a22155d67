import { z } from "zod";
import { findSkill, SKILLS } from "../../skills/catalog.ts";
import { readingTool } from "./tool.ts";

export const skill = readingTool({
	name: "skill",
	description:
		"Opens one of this service's skills: a page on a library or method, with decisions, correct snippets, traps and how to verify. Your role card lists those that fit.",
	input: z.strictObject({
		name: z.string().min(1).max(64).describe("The skill's name"),
	}),
	read(_tree, { name }) {
		const found = findSkill(name);
		if (found) return { ok: true, text: found.body };
		const names = SKILLS.map((one) => one.name).join(", ");
		return {
			ok: false,
			code: "E_NOT_FOUND",
			message: `there is no skill of that name; there are ${names}. A skill that the repository brings is a file: read it with view`,
		};
	},
});
