// Where the commits of one repository, as one installation sees it, lie on the disk.
import { join } from "node:path";

export interface Place {
	readonly dataDir: string;
	readonly repositoryId: number;
	/** Its token fetches; what it fetched serves no other installation. */
	readonly installationId: number;
}

/** The name of a repository's folders below `repositories` and `trees`. */
export const checkoutPlace = ({
	installationId,
	repositoryId,
}: Omit<Place, "dataDir">) => `${installationId}-${repositoryId}`;

/** What is kept beside the trees, and swept with the last of them. */
const beside = (place: Place, kind: "git" | "facts" | "listings") =>
	join(place.dataDir, "repositories", `${checkoutPlace(place)}.${kind}`);

export const cacheOf = (place: Place) => beside(place, "git");
export const factsOf = (place: Place) => beside(place, "facts");
export const listingsOf = (place: Place) => beside(place, "listings");

export const rootOf = (place: Place, sha: string) =>
	join(place.dataDir, "trees", checkoutPlace(place), sha);

const queues = new Map<string, Promise<unknown>>();

/** What writes in one place does so one after the other. */
export async function inPlace<T>(
	place: Place,
	work: () => Promise<T>,
): Promise<T> {
	const key = cacheOf(place);
	const mine = (queues.get(key) ?? Promise.resolve()).then(work, work);
	queues.set(key, mine);
	try {
		return await mine;
	} finally {
		if (queues.get(key) === mine) queues.delete(key);
	}
}
