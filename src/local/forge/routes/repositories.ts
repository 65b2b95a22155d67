import { atLeast } from "../authorize.ts";
import { answer, type Call, type Routes } from "../call.ts";
import { readCommit } from "../git/commits.ts";
import { readBranch } from "../git/refs.ts";
import { notFound, Problem } from "../problem.ts";
import { accountShape } from "../shapes/account.ts";
import { fullCommitShape } from "../shapes/commit.ts";
import {
	repositoryApi,
	repositoryPage,
	repositoryShape,
} from "../shapes/repository.ts";
import { findAccount, type Role, roleOf } from "../state.ts";

/** The permission's old names know neither triage nor maintain. */
const OLD_NAMES: Record<Role, string> = {
	admin: "admin",
	maintain: "write",
	write: "write",
	triage: "read",
	read: "read",
	none: "none",
};

function rights(role: Role): Record<string, boolean> {
	return {
		admin: role === "admin",
		maintain: atLeast(role, "maintain"),
		push: atLeast(role, "write"),
		triage: atLeast(role, "triage"),
		pull: atLeast(role, "read"),
	};
}

/** What the caller may do here; an installation counts as a writer. */
function callersRole({ caller, repository, actor }: Call): Role {
	return caller.kind === "person" ? roleOf(repository, actor) : "write";
}

export const repositoryRoutes = {
	"repos/get": (call) =>
		answer(200, {
			...repositoryShape(call.world, call.repository),
			permissions: rights(callersRole(call)),
		}),

	"repos/get-branch": async ({ world, repository, params }) => {
		const branch = params.branch ?? "";
		const { directory } = repository;
		const sha = await readBranch(directory, branch);
		const commit = sha && (await readCommit(directory, sha));
		if (!commit) throw notFound("Branch not found");
		const api = `${repositoryApi(world, repository)}/branches/${branch}`;
		const html = `${repositoryPage(world, repository)}/tree/${branch}`;
		return answer(200, {
			name: branch,
			commit: await fullCommitShape(world, repository, commit),
			_links: { self: api, html },
			protected: false,
			protection: { enabled: false },
			protection_url: `${api}/protection`,
		});
	},

	"repos/get-collaborator-permission-level": (call) => {
		const { world, repository, params } = call;
		if (!atLeast(callersRole(call), "write"))
			throw new Problem(
				403,
				"Must have push access to view collaborator permission.",
			);
		const account = findAccount(world.state, params.username ?? "");
		if (!account) throw notFound(`${params.username} is not a user`);
		const role = roleOf(repository, account);
		return answer(200, {
			permission: OLD_NAMES[role],
			role_name: role,
			user: {
				...accountShape(world, account),
				permissions: rights(role),
				role_name: role,
			},
		});
	},
} satisfies Routes;
