// How a test run is told, in a line and in full.
import type { TestRun } from "../reports/change.ts";
import { clean, cleanLine } from "./clean.ts";
import { fence } from "./code.ts";
import { duration, plural } from "./numbers.ts";

export function testLine(tests: TestRun): string {
	const where = `on ${cleanLine(tests.runner)}, ${duration(tests.seconds)}`;
	switch (tests.status) {
		case "passed":
			return `${plural(tests.passed, "test")} passed (${where})`;
		case "failed":
			return `**${plural(tests.failed, "test")} failed**, ${tests.passed} passed (${where})`;
		case "none found":
			return `no tests were found (${where})`;
		case "not run":
			return `**tests were not run**: ${firstLine(tests.output)}`;
	}
}

export const testOutput = ({ output }: TestRun): string =>
	output.trim() ? fence(output, "text") : clean("No output.");

const firstLine = (text: string) =>
	cleanLine(text.trim().split("\n", 1)[0] ?? "") || "no reason given";
