import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { StartedJob } from "../../src/github/start-job.ts";
import type { WorkflowRun } from "../../src/github/workflow-runs.ts";
import { WORKFLOW_PATH } from "../../src/views/onboarding/workflow.ts";
import { readResult } from "../../src/workspace/runners/actions/read-result.ts";
import { strangeAbout } from "../../src/workspace/runners/actions/verify-run.ts";

/** An archive as Python's zipfile makes it. */
function zip(program: string): Uint8Array {
	const folder = mkdtempSync(join(tmpdir(), "zip-"));
	const file = join(folder, "a.zip");
	const whole = `import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:\n    ${program}\n`;
	try {
		execFileSync("/usr/bin/python3", ["-c", whole, file]);
		return readFileSync(file);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

describe("an archive", () => {
	it("gives its one file", async () => {
		const read = await readResult(zip('z.writestr("transcript", "abc")'), 100);
		expect(read).toEqual({ ok: true, bytes: Buffer.from("abc") });
	});

	it.each([
		["a bomb", 'z.writestr("transcript", b"0" * 50_000_000)', /larger than/],
		["another file", 'z.writestr("other", "abc")', /not named transcript/],
		["a way out", 'z.writestr("../transcript", "abc")', /./],
		[
			"a second file",
			'z.writestr("transcript", "a"); z.writestr("b", "b")',
			/2 files instead of one/,
		],
		["nothing", "pass", /0 files instead of one/],
	])("with %s is refused", async (_, program, why) => {
		const read = await readResult(zip(program), 1_000_000);
		expect(read).toMatchObject({ ok: false, why: expect.stringMatching(why) });
	});

	it("that lies about its size is refused", async () => {
		const bomb = Buffer.from(zip('z.writestr("transcript", b"0" * 5_000_000)'));
		const size = Buffer.alloc(4);
		size.writeUInt32LE(5_000_000);
		for (let at = bomb.indexOf(size); at >= 0; at = bomb.indexOf(size, at))
			bomb.writeUInt32LE(10, at);
		expect(await readResult(bomb, 1_000)).toMatchObject({ ok: false });
	});

	it("that is none is refused", async () => {
		const read = await readResult(Buffer.from("no archive"), 1_000);
		expect(read).toMatchObject({ ok: false });
	});
});

const job: StartedJob = {
	...{ nonce: "0123456789abcdef", run: 7, since: "2026-01-01T00:00:00Z" },
	head: { branch: "main", sha: "a".repeat(40) },
};
const run: WorkflowRun = {
	...{ id: 7, page: "", title: `Modelwright #1 evaluate ${job.nonce}` },
	...{ status: "completed", conclusion: "success", attempt: 1 },
	...{ event: "workflow_dispatch", path: WORKFLOW_PATH, head: job.head },
	actors: ["modelwright[bot]", "modelwright[bot]"],
	...{ repositoryId: 3, createdAt: "2026-01-01T00:00:00Z" },
};
const asked = {
	...{ job, us: { login: "modelwright[bot]" } },
	...{ repositoryId: 3, isSameWorkflow: true },
};

describe("a run of the workflow", () => {
	it("is ours when all of it is as it was asked for", () => {
		expect(strangeAbout(run, asked)).toEqual([]);
	});

	it.each<[string, Partial<WorkflowRun>]>([
		["another number", { id: 8 }],
		["another nonce", { title: "Modelwright #1 evaluate beef" }],
		["another workflow", { path: ".github/workflows/theirs.yml" }],
		["another event", { event: "push" }],
		["another branch", { head: { ...job.head, branch: "theirs" } }],
		["another repository", { repositoryId: 4 }],
		["somebody else", { actors: ["mallory", "mallory"] }],
		["a namesake", { actors: ["modelwright", "modelwright"] }],
		["a second attempt", { attempt: 2 }],
		[
			"an attempt that somebody asked for",
			{ actors: ["modelwright[bot]", "mallory"] },
		],
	])("with %s is not", (_, change) => {
		expect(strangeAbout({ ...run, ...change }, asked)).toHaveLength(1);
	});

	it("of a workflow that changed meanwhile is not", () => {
		const changed = { ...asked, isSameWorkflow: false };
		expect(strangeAbout(run, changed)).toHaveLength(1);
	});
});
