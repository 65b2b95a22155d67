// Results by the content they come from, so that a second check looks only at
// what has changed. A new rule, verdict or reader makes all of them stale.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Inspection, KeptInspections } from "../../ml/rules/inspect.ts";

/** What rules are made of. */
const MADE_OF = ["rules", "python"].map(
	(folder) => new URL(`../../ml/${folder}/`, import.meta.url).pathname,
);

/** `asked` is what else the result depends on. Must not throw: without a disk all is looked at. */
export function keptIn(
	folder: string,
	asked: readonly string[],
): KeptInspections {
	const version = versionOf(asked);
	const fileOf = (files: ReadonlyMap<string, string>) => {
		const hash = createHash("sha256").update(version);
		for (const [path, source] of [...files].sort(([a], [b]) =>
			a < b ? -1 : 1,
		))
			hash.update(`${path}\0${source.length}\0${source}`);
		return join(folder, `${hash.digest("hex")}.json`);
	};
	return {
		async recall(files) {
			try {
				return JSON.parse(await readFile(fileOf(files), "utf8")) as Inspection;
			} catch {
				return undefined;
			}
		},
		async keep(files, made) {
			try {
				const file = fileOf(files);
				const draft = `${file}.${process.pid}`;
				await mkdir(folder, { recursive: true });
				await writeFile(draft, JSON.stringify(made));
				await rename(draft, file);
			} catch {
				// The next check takes as long as this one did.
			}
		},
	};
}

function versionOf(asked: readonly string[]): string {
	const hash = createHash("sha256").update(JSON.stringify(asked));
	for (const folder of MADE_OF)
		for (const path of readdirSync(folder, {
			recursive: true,
			encoding: "utf8",
		}).sort())
			if (/\.(ts|txt)$/.test(path))
				hash.update(path).update(readFileSync(join(folder, path)));
	return hash.digest("hex");
}
