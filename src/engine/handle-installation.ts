// The App was installed, or given more repositories: each gets one offer of our
// files, as a pull request that people may merge, change or close.
import type { RepositoryRef } from "../run/run.ts";
import type { Parts } from "./parts.ts";

export interface Installed {
	readonly kind: "installed";
	readonly installationId: number;
	readonly repositories: readonly RepositoryRef[];
}

export async function handleInstalled(
	_parts: Parts,
	_hint: Installed,
	_delivery: number,
): Promise<void> {}
