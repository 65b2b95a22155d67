import type { Caller, World } from "../world.ts";

/** GitHub's hourly allowance; told to the caller, never enforced here. */
const LIMIT = 5000;
const HOUR_SECONDS = 3600;

interface Window {
	used: number;
	reset: number;
}

const windows = new WeakMap<World, Map<string, Window>>();

/** Counts the call against its caller and says so in GitHub's headers. */
export function countCall(
	world: World,
	caller: Caller | null,
	cost: number,
): Record<string, string> {
	const all = windows.get(world) ?? new Map<string, Window>();
	windows.set(world, all);
	const key = caller?.token?.token ?? caller?.kind ?? "nobody";
	const now = Math.floor(Date.now() / 1000);
	let window = all.get(key);
	if (!window || window.reset <= now) {
		window = { used: 0, reset: now + HOUR_SECONDS };
		all.set(key, window);
	}
	window.used += cost;
	return {
		"x-ratelimit-limit": String(LIMIT),
		"x-ratelimit-remaining": String(Math.max(1, LIMIT - window.used)),
		"x-ratelimit-used": String(window.used),
		"x-ratelimit-reset": String(window.reset),
		"x-ratelimit-resource": "core",
	};
}
