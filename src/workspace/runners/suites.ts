// Finds Python's tests in a tree and says how to start them.
import type { PythonCommand } from "./runner.ts";

type Files = ReadonlyMap<string, Uint8Array>;

const TEST_FILE = /(^|\/)(test_[^/]*|[^/]*_test)\.py$/;
export const isTestFile = (path: string) => TEST_FILE.test(path);
/** Frameworks that are no part of Python, so a bare runner lacks them. */
const FRAMEWORKS = ["pytest", "nose", "nose2", "hypothesis", "testtools"];

/** For repositories that keep their packages in a folder `src`. */
const WITH_SRC =
	"import sys, unittest; sys.path.insert(0, 'src'); unittest.main(module=None)";

interface Suite {
	readonly start: string;
	readonly pattern: string;
	readonly command: PythonCommand;
}

/** One `unittest discover` per folder where discovery can begin. */
export function findSuites(files: Files): PythonCommand[] {
	const suites = new Map<string, Suite>();
	for (const path of testFiles(files)) {
		const start = topOfPackage(files, folderOf(path));
		const pattern = path.endsWith("_test.py") ? "*_test.py" : "test*.py";
		const top = isPackage(files, start) ? parentOf(start) : start;
		const python = hasSrc(files) ? ["-c", WITH_SRC] : ["-m", "unittest"];
		const from = ["-s", start || ".", "-t", top || ".", "-p", pattern];
		const command = [...python, "discover", ...from];
		suites.set(keyOf(start, pattern), { start, pattern, command });
	}
	// Discovery in a plain folder goes down into the packages right below it.
	for (const { start, pattern } of suites.values())
		if (isPackage(files, start))
			if (suites.has(keyOf(parentOf(start), pattern)))
				suites.delete(keyOf(start, pattern));
	return suites
		.values()
		.map(({ command }) => command)
		.toArray();
}

const WITH_SRC_BY_PYTEST =
	"import sys; sys.path.insert(0, 'src'); import pytest; sys.exit(pytest.main(['-q']))";

/** All tests at once, as pytest finds them. */
export function findPytest(files: Files): PythonCommand[] {
	if (testFiles(files).length === 0) return [];
	return [hasSrc(files) ? ["-c", WITH_SRC_BY_PYTEST] : ["-m", "pytest", "-q"]];
}

const keyOf = (start: string, pattern: string) => `${start}\n${pattern}`;

/** Frameworks that are no part of Python and that the tests cannot do without, by their imports. */
export function missingFrameworks(files: Files): string[] {
	const named = FRAMEWORKS.filter((name) => {
		const imports = new RegExp(`^(import|from) ${name}\\b`, "m");
		return testFiles(files).some((path) => imports.test(textOf(files, path)));
	});
	if (named.length > 0) return named;
	const all = testFiles(files).map((path) => textOf(files, path));
	const bare = all.some((text) => /^(async )?def test/m.test(text));
	const classes = all.some((text) => /\bTestCase\b|\bdoctest\b/.test(text));
	return bare && !classes ? ["pytest"] : [];
}

/** Names the repository itself can be imported by. */
export function topModules(files: Files): Set<string> {
	const names = new Set<string>();
	for (const path of files.keys())
		if (path.endsWith(".py"))
			for (const part of path.slice(0, -3).split("/")) names.add(part);
	return names;
}

const IMPORT =
	/^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import|import[ \t]+([\w., \t]+))/gm;

/** Top-level modules that a tree's code imports and does not bring along. */
export function importsOf(files: Files): Set<string> {
	const found = new Set<string>();
	for (const path of files.keys())
		if (path.endsWith(".py"))
			for (const [, from, names = ""] of textOf(files, path).matchAll(IMPORT))
				for (const name of from ? [from] : names.split(","))
					found.add(name.trim().split(/[.\s]/)[0] ?? "");
	found.delete("");
	return found.difference(topModules(files));
}

const testFiles = (files: Files) =>
	[...files.keys()].filter(
		(path) => isTestFile(path) && !/(^|\/)\./.test(path),
	);

const textOf = (files: Files, path: string) =>
	new TextDecoder().decode(files.get(path));

const folderOf = (path: string) =>
	path.slice(0, Math.max(0, path.lastIndexOf("/")));
const parentOf = folderOf;

const hasSrc = (files: Files) =>
	!files.has("src/__init__.py") &&
	files.keys().some((path) => /^src\/.*\.py$/.test(path));

const isPackage = (files: Files, folder: string) =>
	folder !== "" && files.has(`${folder}/__init__.py`);

/** Discovery descends into packages by itself: begin at the uppermost one. */
function topOfPackage(files: Files, folder: string): string {
	let top = folder;
	while (isPackage(files, top) && isPackage(files, parentOf(top)))
		top = parentOf(top);
	return top;
}
