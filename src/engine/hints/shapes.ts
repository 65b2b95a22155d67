// The parts of GitHub's payloads that we read. Everything else may be as it likes.
import { z } from "zod";
import type { RepositoryRef } from "../../run/run.ts";

export const Account = z.object({
	login: z.string(),
	id: z.number().int().optional(),
	type: z.string().optional(),
});

export const Repository = z.object({
	id: z.number().int(),
	name: z.string(),
	private: z.boolean(),
	html_url: z.string(),
	owner: z.object({ login: z.string() }),
});

export const Installation = z.object({ id: z.number().int() });

export const repositoryRef = (
	{ id, owner, name, ...more }: z.infer<typeof Repository>,
	installationId: number,
): RepositoryRef => ({
	...{ id, owner: owner.login, name, private: more.private },
	...{ htmlUrl: more.html_url, installationId },
});
