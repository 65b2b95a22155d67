import { describe, expect, it } from "vitest";
import type { OpenGate } from "../../src/run/gate.ts";
import { parseMarker } from "../../src/views/marker.ts";
import { renderMergeAsk } from "../../src/views/merge-ask.ts";
import { renderStatus } from "../../src/views/status-comment.ts";
import { run } from "./samples.ts";

const gate: OpenGate = {
	...{ name: "stack", command: "/approve", phase: 7, attempt: 1 },
	question: "Merge #12, then I go on.",
	openedAt: "2026-11-21T09:09:00Z",
};
const pulls = [{ number: 12, url: "https://github.example/p/12" }];

describe("the comment that asks for a merge", () => {
	const body = renderMergeAsk({
		run,
		gate,
		pulls,
		notes: ["It <b>stays</b>."],
	});

	it("shows first the command that lets the run go on without one", () => {
		expect(/`([^`]+)`/.exec(body)?.[1]).toBe("/approve");
		expect(body).toContain("to go on without that");
		expect(parseMarker(body)).toMatchObject({ kind: "merge" });
	});

	it("links what to merge, says where the next phase starts, and what went wrong", () => {
		expect(body).toContain("[#12](https://github.example/p/12)");
		expect(body).toContain("Phase 8 of 12: Training Infrastructure");
		expect(body).toContain("starts from `main`");
		expect(body).toContain("**Note:** It &#60;b>stays");
	});
});

describe("the status", () => {
	const show = (more: object) =>
		renderStatus(
			{ ...run, ...more },
			{
				...{ now: "2026-11-21T09:18:20Z", spentUsd: 1 },
				links: {
					pulls: [
						...pulls,
						{ number: 13, url: "https://github.example/p/13" },
					].map((pull) => ({ ...pull, phase: 7 })),
				},
			},
		);

	it("waits for a merge by its name", () => {
		const status = show({ state: "waiting", phase: 7, gate });
		expect(status).toContain("waiting for a merge");
		expect(status).toContain("`/approve` to go on without that");
	});

	it("asks at the end for what is not merged yet", () => {
		const merges = [{ number: 12, branch: "b" }];
		const status = show({ state: "delivered", phase: 12, merges });
		expect(status).toContain("review and merge [#13](");
	});
});
