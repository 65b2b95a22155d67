// What every reading tool gives back: text for a model, or one line that says
// what to do next. A failure is a value; reading must not throw.
import type { Tree } from "../listed-tree.ts";

export type Reading =
	| { readonly ok: true; readonly text: string }
	| {
			readonly ok: false;
			readonly code: Code;
			readonly message: string;
	  };

export type Code =
	| "E_NOT_FOUND"
	| "E_RANGE"
	| "E_PATTERN"
	| "E_TIMEOUT"
	| "E_FORBIDDEN";

export const good = (text: string): Reading => ({ ok: true, text });
export const bad = (code: Code, message: string): Reading => ({
	ok: false,
	code,
	message,
});

/** Repository path as asked for, made plain; "" is the root. */
export type Located =
	| {
			readonly ok: true;
			readonly path: string;
			readonly kind: "file" | "folder";
	  }
	| Extract<Reading, { ok: false }>;

export async function locate(tree: Tree, asked: string): Promise<Located> {
	const forbidden = (why: string) =>
		bad(
			"E_FORBIDDEN",
			`${JSON.stringify(asked.slice(0, 80))} ${why}`,
		) as Located;
	if (asked.includes("\0")) return forbidden("has a NUL character");
	if (/^([/\\~]|[A-Za-z]:[/\\])/.test(asked))
		return forbidden(
			"is absolute; give a path relative to the repository's root",
		);
	const parts = asked.split("/").filter((part) => part !== "" && part !== ".");
	if (parts.includes(".."))
		return forbidden("has '..'; give a path relative to the repository's root");
	if (parts.some((part) => part.toLowerCase() === ".git"))
		return forbidden("is inside .git, which is not part of the tree");
	const path = parts.join("/");
	const paths = await tree.paths();
	if (path === "" || paths.some((one) => one.startsWith(`${path}/`)))
		return { ok: true, path, kind: "folder" };
	if (paths.includes(path)) return { ok: true, path, kind: "file" };
	const absent = (await tree.absent?.()) ?? [];
	const missing = absent.find((one) => one.path === path);
	if (missing) return forbidden(`is not in this tree: ${missing.why}`);
	return bad("E_NOT_FOUND", notFound(asked, nearest(path, paths))) as Located;
}

function notFound(asked: string, near: readonly string[]): string {
	const name = JSON.stringify(asked.slice(0, 80));
	return near.length > 0
		? `${name} does not exist; nearest: ${near.join(", ")}`
		: `${name} does not exist; list what does with glob`;
}

/** The three paths most like the one asked for, by pairs of letters in common. */
function nearest(path: string, paths: readonly string[]): string[] {
	const name = (one: string) => one.slice(one.lastIndexOf("/") + 1);
	const wanted = pairs(path);
	const wantedName = pairs(name(path));
	return paths
		.slice(0, 20_000)
		.map((one) => ({
			one,
			score:
				2 * likeness(wantedName, pairs(name(one))) +
				likeness(wanted, pairs(one)),
		}))
		.filter(({ score }) => score > 0.6)
		.sort((a, b) => b.score - a.score)
		.slice(0, 3)
		.map(({ one }) => one);
}

function pairs(text: string): Set<string> {
	const lower = `^${text.toLowerCase()}$`;
	const found = new Set<string>();
	for (let at = 0; at < lower.length - 1; at++)
		found.add(lower.slice(at, at + 2));
	return found;
}

const likeness = (a: Set<string>, b: Set<string>) =>
	(2 * a.intersection(b).size) / (a.size + b.size);
