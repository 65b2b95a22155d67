import type { Account, Installation } from "../state.ts";
import { apiBase, type World } from "../world.ts";

/** How GitHub writes a person, an organisation or a bot. */
export function accountShape(world: World, account: Account): object {
	const login = encodeURIComponent(account.login);
	const url = `${apiBase(world)}/users/${login}`;
	const page =
		account.id === world.bot.id ? `apps/${world.app.slug}` : account.login;
	return {
		login: account.login,
		id: account.id,
		node_id: `U_${account.id}`,
		avatar_url: `${world.base}/avatars/${login}`,
		gravatar_id: "",
		url,
		html_url: `${world.base}/${page}`,
		followers_url: `${url}/followers`,
		following_url: `${url}/following{/other_user}`,
		gists_url: `${url}/gists{/gist_id}`,
		starred_url: `${url}/starred{/owner}{/repo}`,
		subscriptions_url: `${url}/subscriptions`,
		organizations_url: `${url}/orgs`,
		repos_url: `${url}/repos`,
		events_url: `${url}/events{/privacy}`,
		received_events_url: `${url}/received_events`,
		type: account.type,
		user_view_type: "public",
		site_admin: false,
	};
}

export function appShape(world: World): object {
	const { app, base } = world;
	return {
		id: app.id,
		slug: app.slug,
		node_id: `A_${app.id}`,
		client_id: `Iv1.${app.id}`,
		owner: accountShape(world, world.bot),
		name: app.name,
		description: "",
		external_url: base,
		html_url: `${base}/apps/${app.slug}`,
		created_at: world.bot.createdAt,
		updated_at: world.bot.createdAt,
		permissions: app.permissions,
		events: [],
		installations_count: world.state.installations.size,
	};
}

export function installationShape(
	world: World,
	installation: Installation,
): object {
	const { app } = world;
	const api = apiBase(world);
	return {
		id: installation.id,
		account: accountShape(world, installation.account),
		access_tokens_url: `${api}/app/installations/${installation.id}/access_tokens`,
		repositories_url: `${api}/installation/repositories`,
		html_url: `${world.base}/settings/installations/${installation.id}`,
		app_id: app.id,
		app_slug: app.slug,
		target_id: installation.account.id,
		target_type: installation.account.type,
		repository_selection: installation.without.size > 0 ? "selected" : "all",
		permissions: app.permissions,
		events: [],
		created_at: installation.createdAt,
		updated_at: installation.createdAt,
		single_file_name: null,
		suspended_at: installation.suspendedAt,
		suspended_by: null,
	};
}
