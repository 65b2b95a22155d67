// What Python text imports, read line by line: enough to choose skills, and it
// works for a notebook's JSON as it does for a module.

const STATEMENT =
	/(?:^|")[ \t]*(?:import[ \t]+([\w., \t]{1,300})|from[ \t]+(\w[\w.]{0,200})[ \t]+import\b)/gm;

/** Names of top-level modules; must not throw. */
export function importedModules(source: string): Set<string> {
	const modules = new Set<string>();
	const lines = source.replaceAll("\\n", "\n");
	for (const [, plain, from] of lines.matchAll(STATEMENT))
		for (const part of (plain ?? from ?? "").split(",")) {
			const name = /^\s*(\w+)/.exec(part)?.[1];
			if (name) modules.add(name);
		}
	return modules;
}
