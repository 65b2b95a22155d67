// Events of whole repositories: the App comes to them, or loses them.
import { z } from "zod";
import type { RepositoryRef } from "../../run/run.ts";
import { Installation, Repository, repositoryRef } from "./shapes.ts";

const Owner = z.object({ login: z.string(), html_url: z.string().optional() });

/** In these events a repository is told in few words. */
const Short = z.object({
	id: z.number().int(),
	name: z.string(),
	full_name: z.string(),
	private: z.boolean(),
});

const Installations = z.object({
	action: z.string(),
	installation: Installation.extend({ account: Owner.nullish() }),
	repositories: z.array(Short).optional(),
	repositories_added: z.array(Short).optional(),
	repositories_removed: z.array(Short).optional(),
});

const OneRepository = z.object({
	action: z.string(),
	installation: Installation,
	repository: Repository,
});

export type PlaceHint =
	| {
			readonly kind: "installed";
			readonly installationId: number;
			readonly repositories: readonly RepositoryRef[];
	  }
	| {
			readonly kind: "places-gone";
			readonly installationId: number;
			/** Absent: every repository of the installation. */
			readonly repositoryIds?: readonly number[];
			readonly why: string;
	  };

type Told = z.infer<typeof Installations>;

const REPOSITORY_GONE: Readonly<Record<string, string>> = {
	deleted: "The repository was deleted.",
	transferred: "The repository was transferred to another owner.",
	archived: "The repository was archived.",
};

/** Undefined when the event means nothing for us. Must not throw. */
export function readPlaceHint(
	event: string,
	payload: unknown,
): PlaceHint | undefined {
	if (event === "repository") return readRepository(payload);
	const { data } = Installations.safeParse(payload);
	if (!data) return undefined;
	const { id: installationId } = data.installation;
	const gone = { kind: "places-gone", installationId } as const;
	switch (`${event}.${data.action}`) {
		case "installation.created":
			return installed(data, data.repositories);
		case "installation.deleted":
			return { ...gone, why: "The App was uninstalled." };
		case "installation.suspend":
			return { ...gone, why: "The App's installation was suspended." };
		case "installation_repositories.added":
			return installed(data, data.repositories_added);
		case "installation_repositories.removed":
			return {
				...gone,
				repositoryIds: (data.repositories_removed ?? []).map(({ id }) => id),
				why: "The App was taken off this repository.",
			};
		default:
			return undefined;
	}
}

function readRepository(payload: unknown): PlaceHint | undefined {
	const { data } = OneRepository.safeParse(payload);
	const why = data && REPOSITORY_GONE[data.action];
	if (!data || !why) return undefined;
	const { installation, repository } = data;
	return {
		...{ kind: "places-gone", installationId: installation.id, why },
		repositoryIds: [repository.id],
	};
}

function installed(
	{ installation: { id, account } }: Told,
	repositories: z.infer<typeof Short>[] = [],
): PlaceHint | undefined {
	if (repositories.length === 0) return undefined;
	// The owner's page ends in the login; the repositories' pages lie below it.
	const page = account?.html_url ?? `https://github.com/${account?.login}`;
	const refs = repositories.map(({ full_name, ...repository }) =>
		repositoryRef(
			{
				...repository,
				owner: { login: full_name.split("/")[0] ?? "" },
				html_url: `${page}/${repository.name}`,
			},
			id,
		),
	);
	return { kind: "installed", installationId: id, repositories: refs };
}
