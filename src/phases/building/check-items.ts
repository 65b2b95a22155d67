// Whether a change shows what it was asked for: the writer says where, code looks.
import type { TestRun } from "../../reports/change.ts";
import type { CheckedItem, Item } from "../../reports/items.ts";
import { isTestFile } from "../../workspace/runners/suites.ts";
import type { NewFile } from "../phase.ts";
import { asNamed, lineOf } from "./line-of.ts";

/** This one has to have run, too. */
export const UNIT_TESTS = "unit tests";

export const checkItems = (
	items: Readonly<Record<string, Item>>,
	files: readonly NewFile[],
	tests: TestRun,
): CheckedItem[] =>
	Object.entries(items).map(([key, item]) => {
		const name = key.replaceAll("_", " ");
		if (item.applies === false)
			return { name, met: true, applies: false, remark: item.how };
		const line = lineOf(files, item.path, item.quote);
		const missing =
			missingPlace(item, files, line) ??
			(name === UNIT_TESTS ? missingTest(item, tests) : undefined);
		return {
			name,
			met: missing === undefined,
			applies: true,
			...(line ? { path: asNamed(item.path), line } : {}),
			remark: missing ?? item.how,
		};
	});

function missingPlace(
	{ path }: Item,
	files: readonly NewFile[],
	line: number | undefined,
): string | undefined {
	if (line) return undefined;
	if (path.trim() === "") return "no file was named";
	return files.some((file) => file.path === asNamed(path))
		? `the quoted line does not stand in ${path}`
		: `${path} is not among the files this change touches`;
}

function missingTest({ path }: Item, { status }: TestRun): string | undefined {
	if (!isTestFile(asNamed(path)))
		return `${path} is not a test file (test_*.py or *_test.py)`;
	if (status === "none found") return "the test was not found when tests ran";
	if (status === "not run") return "it is there, but tests were not run";
	return undefined;
}
