import { isFolder, isRegular } from "../regular-file.ts";
import { type Found, ripgrep, type Search } from "./ripgrep.ts";

/** ripgrep looks where it is sent; what counts is what the tree holds. */
export async function searchFolder(
	root: string,
	place: { readonly path: string; readonly kind: "file" | "folder" },
	wanted: readonly string[],
	search: Omit<Search, "root" | "path">,
): Promise<Found> {
	// What is named to it is opened even if it is a link or a pipe.
	const isReal = place.kind === "file" ? isRegular : isFolder;
	if (wanted.length === 0 || !isReal(root, place.path))
		return { ok: true, hits: [], cut: false };
	const path = place.path === "" ? "." : `./${place.path}`;
	const found = await ripgrep({ ...search, root, path });
	if (!found.ok) return found;
	const known = new Set(wanted);
	const judged = new Map<string, boolean>();
	const isOurs = (one: string) => {
		const answer = judged.get(one) ?? (known.has(one) && isRegular(root, one));
		judged.set(one, answer);
		return answer;
	};
	return { ...found, hits: found.hits.filter((hit) => isOurs(hit.path)) };
}
