// Who may do what. Roles are GitHub's collaborator roles, least first.
import type { Verb } from "./commands.ts";

export const COLLABORATOR_ROLES = [
	"none",
	"read",
	"triage",
	"write",
	"maintain",
	"admin",
] as const;
export type CollaboratorRole = (typeof COLLABORATOR_ROLES)[number];

const atLeast = (role: CollaboratorRole, needed: CollaboratorRole) =>
	COLLABORATOR_ROLES.indexOf(role) >= COLLABORATOR_ROLES.indexOf(needed);

/** Labelling starts spending, so it needs triage. */
export const mayStart = (role: CollaboratorRole) => atLeast(role, "triage");

const TRIAGE_VERBS: ReadonlySet<Verb> = new Set([
	"answer",
	"pause",
	"status",
	"help",
]);

/** The least role a command needs: whatever decides or spends needs write. */
export const neededRole = (verb: Verb): CollaboratorRole =>
	TRIAGE_VERBS.has(verb) ? "triage" : "write";

export const mayCommand = (role: CollaboratorRole, verb: Verb) =>
	atLeast(role, neededRole(verb));

/** "no access", "read access": how a refusal names a role. */
export const accessOf = (role: CollaboratorRole) =>
	`${role === "none" ? "no" : role} access`;
