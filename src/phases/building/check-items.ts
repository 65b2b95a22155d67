// Whether a change shows what it was asked for: the writer says where, code looks.
import type { TestRun } from "../../reports/change.ts";
import type { CheckedItem, ShownItem, Wanted } from "../../reports/items.ts";
import { isTestFile } from "../../workspace/runners/suites.ts";
import type { NewFile } from "../phase.ts";
import { asNamed, lineOf } from "./line-of.ts";

/** This one has to have run, too. */
export const UNIT_TESTS = "unit tests";

export const checkItems = (
	wanted: readonly Wanted[],
	shown: readonly ShownItem[],
	files: readonly NewFile[],
	tests: TestRun,
): CheckedItem[] =>
	wanted.map(({ item, ifAny = false }) => {
		const name = item.replaceAll("_", " ");
		const found = shown.findLast((one) => one.item === item);
		const no = { name, met: false, applies: true };
		if (!found) return { ...no, remark: "nothing was said about it" };
		const { path, quote, how = "as the quoted line shows" } = found;
		if (found.applies === false && ifAny)
			return { name, met: true, applies: false, remark: found.how ?? "" };
		const line = lineOf(files, path, quote);
		const missing =
			missingPlace(found, files, line) ??
			(name === UNIT_TESTS ? missingTest(found, tests) : undefined);
		return {
			name,
			met: missing === undefined,
			applies: true,
			...(line ? { path: asNamed(path), line } : {}),
			remark: missing ?? how,
		};
	});

function missingPlace(
	{ path }: ShownItem,
	files: readonly NewFile[],
	line: number | undefined,
): string | undefined {
	if (line) return undefined;
	if (path.trim() === "") return "no file was named";
	return files.some((file) => file.path === asNamed(path))
		? `the quoted line does not stand in ${path}`
		: `${path} is not among the files this change touches`;
}

function missingTest(
	{ path }: ShownItem,
	{ status }: TestRun,
): string | undefined {
	if (!isTestFile(asNamed(path)))
		return `${path} is not a test file (test_*.py or *_test.py)`;
	if (status === "none found") return "the test was not found when tests ran";
	if (status === "not run") return "it is there, but tests were not run";
	return undefined;
}
