// Cuts GitHub's OpenAPI descriptions to what the forge answers and sends.
// The packages weigh 385 MB, so they are fetched on demand and never a
// dependency. Run: node scripts/cut-openapi.ts

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { OPERATION_IDS, WEBHOOKS } from "../src/local/forge/operations.ts";

const PACKAGES = {
	rest: "@octokit/openapi@23.0.2",
	webhooks: "@octokit/openapi-webhooks@12.1.0",
};

const SPEC = new URL("../src/local/forge/spec/", import.meta.url);

interface Node {
	[key: string]: unknown;
}

/** Words of a schema that say nothing a validator could check. */
const PROSE = new Set([
	"description",
	"summary",
	"title",
	"example",
	"examples",
	"externalDocs",
	"tags",
	"deprecated",
	"default",
	"x-github",
	"x-github-breaking-changes",
	"x-octokit",
	"x-multi-segment",
]);

/** Under these keys the next level holds names, not words of a schema. */
const NAMED = new Set(["properties", "patternProperties", "schemas"]);

function strip(node: unknown, namesFollow = false): unknown {
	if (Array.isArray(node)) return node.map((item) => strip(item));
	if (typeof node !== "object" || node === null) return node;
	const kept: Node = {};
	for (const [key, value] of Object.entries(node)) {
		if (!namesFollow && PROSE.has(key)) continue;
		kept[key] = strip(value, !namesFollow && NAMED.has(key));
	}
	return kept;
}

/** Adds to `components` everything that `root` refers to, however deep. */
function collect(root: unknown, source: Node, components: Node): void {
	if (Array.isArray(root)) {
		for (const item of root) collect(item, source, components);
		return;
	}
	if (typeof root !== "object" || root === null) return;
	for (const [key, value] of Object.entries(root)) {
		if (key !== "$ref" || typeof value !== "string") {
			collect(value, source, components);
			continue;
		}
		const [, , kind = "", name = ""] = value.split("/");
		components[kind] ??= {};
		const group = components[kind] as Node;
		if (group[name] !== undefined) continue;
		const all = (source.components as Node)[kind] as Node;
		group[name] = strip(all[name]);
		collect(group[name], source, components);
	}
}

function cutOperations(source: Node): Node {
	const wanted = new Set<string>(OPERATION_IDS);
	const paths: Node = {};
	for (const [path, item] of Object.entries(source.paths as Node))
		for (const [method, operation] of Object.entries(item as Node)) {
			const id = (operation as Node).operationId;
			if (typeof id !== "string" || !wanted.delete(id)) continue;
			paths[path] ??= {};
			(paths[path] as Node)[method] = strip(operation);
		}
	if (wanted.size > 0)
		throw new Error(`GitHub describes no ${[...wanted].join(", ")}`);
	return withComponents({ openapi: source.openapi, paths }, source);
}

function cutWebhooks(source: Node): Node {
	const webhooks: Node = {};
	for (const name of WEBHOOKS) {
		const hook = (source.webhooks as Node)[name] as Node | undefined;
		if (!hook) throw new Error(`GitHub describes no webhook ${name}`);
		const post = hook.post as { requestBody: { content: Node } };
		const json = post.requestBody.content["application/json"] as Node;
		webhooks[name] = strip(json.schema);
	}
	return withComponents({ openapi: source.openapi, webhooks }, source);
}

function withComponents(cut: Node, source: Node): Node {
	const components: Node = {};
	collect(cut, source, components);
	return { ...cut, components };
}

const folder = await mkdtemp(join(tmpdir(), "openapi-"));
try {
	await writeFile(join(folder, "package.json"), "{}");
	execFileSync(
		"npm",
		["install", "--no-save", "--ignore-scripts", ...Object.values(PACKAGES)],
		{ cwd: folder, stdio: "inherit" },
	);
	const read = async (name: string): Promise<Node> =>
		JSON.parse(
			await readFile(
				join(
					folder,
					"node_modules/@octokit",
					name,
					"generated/api.github.com.json",
				),
				"utf8",
			),
		);
	const cuts = {
		"github-cut.json": cutOperations(await read("openapi")),
		"webhooks-cut.json": cutWebhooks(await read("openapi-webhooks")),
	};
	for (const [name, cut] of Object.entries(cuts))
		await writeFile(new URL(name, SPEC), JSON.stringify(cut));
} finally {
	await rm(folder, { recursive: true, force: true });
}
execFileSync("npx", ["biome", "format", "--write", fileURLToPath(SPEC)], {
	stdio: "inherit",
});
