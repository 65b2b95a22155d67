// Decorators that speak for a role, by their canonical names.
import type { Role } from "../ml-map.ts";

export const DECORATORS: readonly {
	readonly role: Role;
	readonly name: RegExp;
	readonly weight: number;
}[] = [
	{ role: "config", name: /^hydra\.main$/, weight: 3 },
	{ role: "config", name: /^(click|typer)\.|\.command$/, weight: 1 },
	{
		role: "serve",
		name: /(^|\.)(app|router|api|server)\.(route|get|post|put|websocket)$/,
		weight: 2,
	},
	{ role: "model", name: /(^|\.)register_model$/, weight: 1 },
	{ role: "train", name: /^(jax\.jit|tensorflow\.function)$/, weight: 0.3 },
];
