import { OPERATIONS, type OperationId } from "./operations.ts";
import { notFound, Problem } from "./problem.ts";
import {
	type Permissions,
	type Repository,
	type Role,
	roleOf,
} from "./state.ts";
import type { Caller } from "./world.ts";

const RANKS: Role[] = ["none", "read", "triage", "write", "maintain", "admin"];
const LEVELS = ["read", "write", "admin"];

const DENIED = "Resource not accessible by integration";

export function atLeast(role: Role, needed: Role): boolean {
	return RANKS.indexOf(role) >= RANKS.indexOf(needed);
}

/** True when any one of the wanted permissions ("issues:write") is held. */
export function holds(held: Permissions, wanted: readonly string[]): boolean {
	return wanted.some((permission) => {
		const [noun = "", level = ""] = permission.split(":");
		return LEVELS.indexOf(held[noun] ?? "") >= LEVELS.indexOf(level);
	});
}

/** Whether a token may touch the repository at all. */
export function reaches(caller: Caller, repository: Repository): boolean {
	const installation = caller.token?.installation;
	if (!installation) return true;
	const { ownerId, repositoryIds } = installation;
	return (
		repository.owner.id === ownerId &&
		(repositoryIds === null || repositoryIds.includes(repository.id))
	);
}

/** Throws the Problem with which GitHub would answer; a private repository hides behind 404. */
export function authorize(
	id: OperationId,
	caller: Caller,
	repository: Repository | null,
	params: Record<string, string>,
): void {
	const operation = OPERATIONS[id];
	if (operation.caller === "anyone") return;
	if (operation.caller === "app") {
		if (caller.kind === "app") return;
		throw new Problem(401, "A JSON web token could not be decoded");
	}
	const writes = operation.permissions.some((one) => one.endsWith(":write"));
	if (caller.kind === "nobody") {
		if (repository?.private) throw notFound();
		if (writes || !repository)
			throw new Problem(401, "Requires authentication");
		return;
	}
	if (caller.kind === "app") throw new Problem(403, DENIED);
	if (operation.caller === "installation" && caller.kind === "person")
		throw new Problem(403, "You must authenticate via a GitHub App.");
	if (operation.caller === "person" && caller.kind === "installation")
		throw new Problem(403, DENIED);
	if (!repository) return;
	if (caller.kind === "installation")
		checkInstallation(operation.permissions, caller, repository, params);
	else checkPerson(operation.role, caller, repository);
}

function checkInstallation(
	permissions: string[],
	caller: Caller,
	repository: Repository,
	params: Record<string, string>,
): void {
	if (!reaches(caller, repository))
		throw repository.private ? notFound() : new Problem(403, DENIED);
	const issue = repository.issues.get(Number(params.issue_number));
	// Leave for pull requests opens no plain issue.
	const wanted =
		issue && !issue.pull
			? permissions.filter((one) => one.startsWith("issues:"))
			: permissions;
	const held = caller.token?.installation?.permissions ?? {};
	if (holds(held, wanted)) return;
	throw new Problem(403, DENIED, undefined, {
		"x-accepted-github-permissions": wanted.join("; ").replaceAll(":", "="),
	});
}

function checkPerson(
	needed: Role,
	caller: Caller,
	repository: Repository,
): void {
	const role = caller.account ? roleOf(repository, caller.account) : "none";
	if (role === "none") throw notFound();
	if (!atLeast(role, needed))
		throw new Problem(403, `Must have ${needed} rights to Repository.`);
}
