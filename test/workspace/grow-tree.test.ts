// A commit of ours is laid out from its parent's files. What comes of it must be
// what a fetch would have brought, or nothing.
import {
	cpSync,
	linkSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import { visibleTree } from "../../src/workspace/hidden-tree.ts";
import { sweepTrees } from "../../src/workspace/sweep.ts";
import {
	checkout,
	type Growth,
	growTree,
	keptTree,
	type Place,
	type Tree,
} from "../../src/workspace/tree.ts";
import { type GitServer, serveGit } from "../support/git-server.ts";
import { type Entry, makeRepository, type Repository } from "./repository.ts";

const BEFORE: Entry[] = [
	{ path: "a.py", content: "old = 1\n" },
	{ path: "a/b.py", content: "beside a folder's name\n" },
	{ path: "a-b/c.py", content: "c = 1\n" },
	{ path: "data/rows.csv", content: new Uint8Array([0, 255, 13, 10]) },
	{ path: "gone/only.py", content: "x = 1\n" },
	{ path: "run.sh", content: "#!/bin/sh\n", mode: "100755" },
	{ path: "tool.sh", content: "#!/bin/sh\n", mode: "100755" },
	{ path: "größe/𝒙.py", content: "x = 1\n" },
	{ path: "größe/ﬁ.py", content: "y = 1\n" },
	{ path: "link", content: "a.py", mode: "120000" },
	{ path: "vendor", mode: "160000" },
];
const CHANGE = {
	files: [
		{ path: "a.py", content: "new = 'größer'\r\n" },
		{ path: "a/deep/er.py", content: "" },
		{ path: "run.sh", content: "#!/bin/sh\nexit 0\n", mode: "100755" },
	],
	deletions: ["gone/only.py", "a-b/c.py"],
};
const AFTER: Entry[] = [
	...BEFORE.filter(
		({ path }) =>
			!CHANGE.deletions.includes(path) &&
			!CHANGE.files.some((file) => file.path === path),
	),
	...CHANGE.files,
];

let repository: Repository;
let server: GitServer;
let [base, next, treeId] = ["", "", ""];
beforeAll(async () => {
	repository = makeRepository();
	base = repository.commit(BEFORE);
	next = repository.commit(AFTER);
	treeId = repository.git(["rev-parse", `${next}^{tree}`]);
	server = await serveGit(repository.root);
});
afterAll(() => server.close());

let place: Place;
let from: Tree;
const fetched = (sha: string, at = place) =>
	checkout({ ...at, cloneUrl: `${server.origin}/churn.git`, sha });
const newPlace = (): Place => ({
	dataDir: mkdtempSync(join(tmpdir(), "grow-")),
	...{ repositoryId: 7, installationId: 9 },
});
let prepared: Place;
beforeAll(async () => {
	prepared = newPlace();
	await fetched(base, prepared);
});
beforeEach(async () => {
	place = newPlace();
	cpSync(prepared.dataDir, place.dataDir, { recursive: true });
	from = (await keptTree(place, base)) as Tree;
});

const grow = (more: Partial<Growth> = {}) =>
	growTree(place, { from, sha: next, treeId, ...CHANGE, ...more });

/** Everything below a folder: what it is, what it may, what it holds. */
const laidOut = (root: string) =>
	readdirSync(root, { recursive: true, encoding: "utf8" })
		.sort()
		.map((path) => {
			const found = statSync(join(root, path));
			const bytes = found.isFile() && readFileSync(join(root, path), "hex");
			return { path, mode: found.mode.toString(8), bytes, links: found.nlink };
		});

const treesHere = () => readdirSync(join(place.dataDir, "trees", "9-7"));

describe("a tree grown from its parent", () => {
	it("is the tree that a fetch brings, and nobody is asked for it", async () => {
		const before = laidOut(from.root);
		const asked = server.authorizations.length;
		expect(await grow()).toBe(true);
		const grown = await keptTree(place, next);
		expect(server.authorizations.length).toBe(asked);

		const brought = await fetched(next, newPlace());
		expect(grown?.root).toBe(join(place.dataDir, "trees", "9-7", next));
		expect(laidOut(grown?.root ?? "")).toEqual(laidOut(brought.root));
		expect(await grown?.paths()).toEqual(await brought.paths());
		expect(await grown?.absent?.()).toEqual(await brought.absent?.());
		expect(await grown?.files()).toEqual(await brought.files());
		expect(grown?.treeId).toBe(brought.treeId);
		expect(grown?.facts).toBe(from.facts);
		expect(laidOut(from.root)).toEqual(before);
	});

	it("bears the next one, and is taken for the commit when that is fetched", async () => {
		await grow();
		const middle = (await keptTree(place, next)) as Tree;
		const last = repository.commit([...AFTER, { path: "z.py", content: "z" }]);
		const grown = await growTree(place, {
			...{ from: middle, sha: last },
			treeId: repository.git(["rev-parse", `${last}^{tree}`]),
			...{ files: [{ path: "z.py", content: "z" }], deletions: [] },
		});
		expect(grown).toBe(true);
		expect((await fetched(next)).root).toBe(middle.root);
		expect(await (await keptTree(place, last))?.text("z.py")).toBe("z");
	});

	it("hides what is hidden, and is not grown from what agents see", async () => {
		const rules = { ...DEFAULT_CONFIG.paths, read_deny: ["a/**"] };
		expect(await grow({ from: visibleTree(from, rules) })).toBe(false);
		expect(await grow()).toBe(true);
		const seen = visibleTree((await keptTree(place, next)) as Tree, rules);
		expect(await seen.text("a/deep/er.py")).toBeUndefined();
		expect(await seen.text("a.py")).toContain("new");
	});

	it("goes with all that is kept of it when it is swept", async () => {
		await grow();
		await sweepTrees(place.dataDir, new Set([`9-7/${base}`]), -1_000);
		expect(treesHere()).toEqual([base]);
		expect(readdirSync(`${place.dataDir}/repositories/9-7.listings`)).toEqual([
			base,
		]);
		expect(await from.text("a.py")).toBe("old = 1\n");
	});
});

describe("in doubt nothing is grown", () => {
	const spoil: Record<string, () => Partial<Growth> | undefined> = {
		"GitHub names another tree": () => ({ treeId: "a".repeat(40) }),
		"a file is missing from the change": () => ({
			files: CHANGE.files.slice(1),
		}),
		"a file was to be executable": () => ({
			files: CHANGE.files.map(({ path, content }) => ({ path, content })),
		}),
		"a deletion is missing": () => ({ deletions: [] }),
		"the parent's folder is gone": () => {
			rmSync(from.root, { recursive: true });
			return undefined;
		},
		"the parent has other bytes": () => {
			writeFileSync(join(from.root, "a/b.py"), "beside a folder's nose\n");
			return undefined;
		},
		"a file of the parent lies elsewhere too": () => {
			linkSync(join(from.root, "tool.sh"), join(place.dataDir, "elsewhere"));
			return undefined;
		},
		"the parent's listing is cut off": () => {
			const kept = `${place.dataDir}/repositories/9-7.listings/${base}`;
			truncateSync(kept, 200);
			return undefined;
		},
	};
	it.each(Object.keys(spoil))("where %s", async (doubt) => {
		expect(await grow(spoil[doubt]?.())).toBe(false);
		expect(treesHere().filter((name) => name !== base)).toEqual([]);
		expect(await keptTree(place, next)).toBeUndefined();
	});

	it("and what spoiled the parent is not in it", async () => {
		spoil["the parent has other bytes"]?.();
		expect(await grow()).toBe(false);
		const brought = await fetched(next);
		expect(await brought.text("a.py")).toBe("new = 'größer'\r\n");
		expect(await brought.text("a/b.py")).toBe("beside a folder's name\n");
	});
});
