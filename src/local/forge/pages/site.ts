import type { Forge } from "../forge.ts";
import {
	type Account,
	type Issue,
	type Repository,
	type Role,
	roleOf,
} from "../state.ts";

/** What pages need of a forge. */
export type Site = Pick<Forge, "base" | "state" | "acts">;

/** One request for a page of one repository. */
export interface Visit {
	readonly site: Site;
	readonly repository: Repository;
	readonly url: URL;
	/** Whom the visitor acts as; null when nobody may enter the repository. */
	readonly person: Account | null;
	readonly people: readonly Person[];
}

export interface Person {
	readonly account: Account;
	readonly role: Role;
}

const RANKS: Role[] = ["admin", "maintain", "write", "triage", "read"];

/** Everybody who may enter, the most powerful first. */
export function peopleOf(site: Site, repository: Repository): Person[] {
	return [...site.state.accounts.values()]
		.filter(({ type }) => type === "User")
		.map((account) => ({ account, role: roleOf(repository, account) }))
		.filter(({ role }) => role !== "none")
		.sort(
			(a, b) =>
				RANKS.indexOf(a.role) - RANKS.indexOf(b.role) ||
				a.account.login.localeCompare(b.account.login),
		);
}

export function issuesOf(repository: Repository): Issue[] {
	return [...repository.issues.values()]
		.filter(({ pull }) => !pull)
		.sort((a, b) => b.number - a.number);
}

export function pullsOf(repository: Repository) {
	return [...repository.issues.values()]
		.flatMap((issue) => (issue.pull ? [{ ...issue, pull: issue.pull }] : []))
		.sort((a, b) => b.number - a.number);
}
