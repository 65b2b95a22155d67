// What somebody may do in the repository.
import {
	COLLABORATOR_ROLES,
	type CollaboratorRole,
} from "../run/permissions.ts";
import type { RepositoryClient } from "./app-client.ts";

const isRole = (name: string): name is CollaboratorRole =>
	COLLABORATOR_ROLES.includes(name as CollaboratorRole);

/**
 * Fails closed: any doubt is "none". `role_name` is the true role; `permission`
 * knows neither triage nor maintain, but stands in for an organisation's own roles.
 */
export async function roleOf(
	client: RepositoryClient,
	login: string,
): Promise<CollaboratorRole> {
	try {
		const { data } =
			await client.octokit.rest.repos.getCollaboratorPermissionLevel({
				...client.at,
				username: login,
			});
		if (data.user && data.user.login.toLowerCase() !== login.toLowerCase())
			return "none";
		const role = data.role_name ?? "";
		if (isRole(role)) return role;
		return isRole(data.permission) ? data.permission : "none";
	} catch (error) {
		client.log.warn(`no role for ${login}: ${(error as Error).message}`);
		return "none";
	}
}
