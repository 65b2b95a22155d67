// The seven roles: who they are and what they may use, read from the files beside this one.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import { z } from "zod";
import { modelId } from "../model/pricing.ts";
import { ROLES, Role } from "../reports/workflow.ts";
import { findSkill } from "../skills/catalog.ts";
import { TOOLS } from "./tools/index.ts";
import { SUBMIT_TOOLS } from "./tools/submit.ts";

/** A submission is not for a card to allow: the assignment names it. */
const OFFERED = TOOLS.filter((tool) => !SUBMIT_TOOLS.includes(tool)).map(
	({ name }) => name,
);

const FrontMatter = z.strictObject({
	role: Role,
	/** A short name or a full id. */
	model: z.string().min(1).transform(modelId),
	effort: z.enum(["low", "medium", "high", "xhigh", "max"]),
	tools: z.array(z.enum(OFFERED)).min(1),
	/** Usual for it, the most usual first; any other may be opened as well. */
	skills: z
		.array(z.string().refine((name) => findSkill(name), "no such skill"))
		.min(1)
		.max(10),
	/** Room for one answer, thinking included; it is promised before each request. */
	max_tokens: z.number().int().min(1_000).max(64_000),
	max_turns: z.number().int().min(2).max(60),
	/** Reads in one conversation; then the agent is asked to hand in. */
	max_calls: z.number().int().min(1).max(200),
	phases: z.array(z.number().int().min(1).max(12)).min(1),
});

export interface RoleCard extends z.infer<typeof FrontMatter> {
	/** The role's own words, as the model gets them. */
	readonly brief: string;
}

/** Throws when a file does not follow the form: a fault of the installation. */
export function parseRole(source: string): RoleCard {
	const parts = /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(source);
	if (!parts) throw new Error("a role file begins with YAML between --- lines");
	const [, matter = "", brief = ""] = parts;
	return { ...FrontMatter.parse(load(matter)), brief: brief.trim() };
}

const readRole = (role: Role): [Role, RoleCard] => {
	const file = new URL(`./${role}.md`, import.meta.url);
	return [role, parseRole(readFileSync(file, "utf8"))];
};

export const ROSTER: Readonly<Record<Role, RoleCard>> = Object.fromEntries(
	ROLES.map(readRole),
) as Record<Role, RoleCard>;

/** The models that the role files name. */
export const rosterModels = (): string[] => [
	...new Set(Object.values(ROSTER).map(({ model }) => model)),
];
