// Recognising what we wrote ourselves: anybody may copy a marker, nobody our name.
import type { AppIdentity } from "./app-client.ts";

export interface Authored {
	readonly user?: { login: string; type: string } | null;
	readonly performed_via_github_app?: { id: number } | null;
}

/** Older servers do not name the app; a login that ends in "[bot]" cannot be a person's. */
export function isOurs(written: Authored, { id, login }: AppIdentity): boolean {
	if (written.user?.type !== "Bot") return false;
	const app = written.performed_via_github_app;
	return app ? app.id === id : written.user.login === login;
}
