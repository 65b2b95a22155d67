import { describe, expect, it } from "vitest";
import type { CiCheck } from "../../src/reports/ci.ts";
import { ciFailedLine, ciLine } from "../../src/views/ci.ts";

const check = (name: string, state: CiCheck["state"]): CiCheck => ({
	...{ id: 1, name, app: "ci", state },
	conclusion: state === "failed" ? "failure" : "",
});

describe("a line on CI", () => {
	const [tests, lint] = [check("tests", "failed"), check("li`nt", "failed")];
	const passed = check("docs", "passed");

	it("names what failed, whatever its name holds, and counts the rest", () => {
		expect(ciFailedLine("a1", [tests, lint], [tests, lint, passed])).toBe(
			"**CI failed** on a1: `tests` (`failure`), ``li`nt`` (`failure`). CI: 1 passed, 2 failed.",
		);
	});

	it("says how many failures are those of what is below", () => {
		expect(ciFailedLine("a1", [tests], [tests, lint])).toContain(
			"CI: 2 failed; 1 of them below as well, which I leave to it.",
		);
	});

	it("tells of each pull request, unless there is no CI", () => {
		const stopped = check("deploy", "stopped");
		const running = check("slow", "running");
		const pulls = [
			{ number: 12, checks: [passed, stopped] },
			{ number: 13, checks: [running] },
			{ number: 14, checks: [] },
		];
		expect(ciLine(pulls)).toBe(
			"**Your CI** when this was written: #12 1 passed, 1 stopped; #13 1 running; #14 nothing yet.",
		);
		expect(ciLine([{ number: 14, checks: [] }])).toBeUndefined();
		expect(ciLine([])).toBeUndefined();
	});
});
