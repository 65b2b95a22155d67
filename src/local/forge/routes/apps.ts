import { randomBytes } from "node:crypto";
import { holds, reaches } from "../authorize.ts";
import { answer, type Call, idParam, paged, type Routes } from "../call.ts";
import { notFound, Problem } from "../problem.ts";
import { appShape, installationShape } from "../shapes/account.ts";
import { repositoryShape } from "../shapes/repository.ts";
import {
	type Installation,
	installationOf,
	type Permissions,
	type Repository,
} from "../state.ts";

const HOUR = 3_600_000;

function findInstallation(call: Call): Installation {
	const id = idParam(call, "installation_id");
	const installation = call.world.state.installations.get(id);
	if (!installation) throw notFound();
	return installation;
}

export const appRoutes = {
	"apps/get-authenticated": ({ world }) => answer(200, appShape(world)),

	"apps/get-installation": (call) =>
		answer(200, installationShape(call.world, findInstallation(call))),

	"apps/get-repo-installation": ({ world, repository }) => {
		const installation = installationOf(world.state, repository);
		if (!installation) throw notFound();
		return answer(200, installationShape(world, installation));
	},

	"apps/list-installations": (call) =>
		paged(call, [...call.world.state.installations.values()], (one) =>
			installationShape(call.world, one),
		),

	"apps/create-installation-access-token": (call) => {
		const { world } = call;
		const installation = findInstallation(call);
		if (installation.suspendedAt)
			throw new Problem(403, "This installation has been suspended");
		const wanted = (call.body ?? {}) as TokenRequest;
		const permissions = narrow(world.app.permissions, wanted.permissions);
		const chosen = choose(call, installation, wanted);
		const token = `ghs_${randomBytes(18).toString("hex")}`;
		const expiresAt = Date.now() + HOUR;
		world.state.tokens.set(token, {
			token,
			account: world.bot,
			installation: {
				id: installation.id,
				ownerId: installation.account.id,
				permissions,
				repositoryIds: chosen?.map(({ id }) => id) ?? null,
			},
			expiresAt,
		});
		return answer(201, {
			token,
			expires_at: new Date(expiresAt).toISOString().replace(/\.\d+/, ""),
			permissions,
			repository_selection: chosen ? "selected" : "all",
			...(chosen && {
				repositories: chosen.map((one) => repositoryShape(world, one)),
			}),
		});
	},

	"apps/list-repos-accessible-to-installation": (call) =>
		paged(
			call,
			owned(call, call.caller.token?.installation?.id).filter((repository) =>
				reaches(call.caller, repository),
			),
			(repository) => repositoryShape(call.world, repository),
			"repositories",
		),
} satisfies Routes;

interface TokenRequest {
	repositories?: string[];
	repository_ids?: number[];
	permissions?: Permissions;
}

function owned({ world }: Call, installationId = 0): Repository[] {
	return [...world.state.repositories.values()].filter(
		(repository) =>
			installationOf(world.state, repository)?.id === installationId,
	);
}

/** A token can hold less than the App was granted, never more. */
function narrow(granted: Permissions, wanted?: Permissions): Permissions {
	if (!wanted) return granted;
	for (const [noun, level] of Object.entries(wanted))
		if (!holds(granted, [`${noun}:${level}`]))
			throw new Problem(
				422,
				"The permissions requested are not granted to this installation.",
			);
	return { metadata: "read", ...wanted };
}

/** Null: all of the installation's repositories. */
function choose(
	call: Call,
	installation: Installation,
	{ repositories, repository_ids: ids }: TokenRequest,
): Repository[] | null {
	if (!repositories && !ids) return null;
	const all = owned(call, installation.id);
	const chosen = all.filter(
		({ id, name }) => ids?.includes(id) || repositories?.includes(name),
	);
	if (chosen.length < new Set([...(ids ?? []), ...(repositories ?? [])]).size)
		throw new Problem(
			422,
			"There is at least one repository that does not exist or is not accessible to the parent installation.",
		);
	return chosen;
}
