import { SKILLS } from "./catalog.ts";
import { GROUPS } from "./parse-skill.ts";

/** The catalogue for docs/skills.md. */
export function skillTable(): string {
	const rows = GROUPS.flatMap((group) =>
		SKILLS.filter((skill) => skill.group === group).map(
			({ name, aliases, description }) =>
				`| ${group} | [${name}](../src/skills/${name}/SKILL.md)${aliases.length ? ` (${aliases.map((a) => `\`${a}\``).join(", ")})` : ""} | ${description} |`,
		),
	);
	return ["| group | skill | what it is for |", "|---|---|---|", ...rows].join(
		"\n",
	);
}
