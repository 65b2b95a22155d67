import { answer, type Routes } from "../call.ts";
import { notFound } from "../problem.ts";
import { accountShape } from "../shapes/account.ts";
import { findAccount } from "../state.ts";
import { apiBase } from "../world.ts";

const LIMIT = { limit: 5000, used: 0, remaining: 5000 };

export const metaRoutes = {
	"meta/root": ({ world }) =>
		answer(200, { current_user_url: `${apiBase(world)}/user` }),

	"rate-limit/get": () => {
		const reset = Math.floor(Date.now() / 1000) + 3600;
		const core = { ...LIMIT, reset };
		return answer(200, { resources: { core, search: core }, rate: core });
	},

	"users/get-by-username": ({ world, params }) => {
		const account = findAccount(world.state, params.username ?? "");
		if (!account) throw notFound();
		return answer(200, {
			...accountShape(world, account),
			created_at: account.createdAt,
			updated_at: account.createdAt,
		});
	},

	"users/get-authenticated": ({ world, actor }) =>
		answer(200, {
			...accountShape(world, actor),
			created_at: actor.createdAt,
			updated_at: actor.createdAt,
		}),
} satisfies Routes;
