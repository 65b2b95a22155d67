// `npm start` as a service manager sees it: one process to signal.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = new URL("../", import.meta.url).pathname;

it("npm start passes SIGTERM on: nothing is left running", async () => {
	const dataDir = await mkdtemp(join(tmpdir(), "modelwright-start-"));
	const npm = spawn("npm", ["start", "--silent"], {
		cwd: root,
		env: {
			PATH: process.env.PATH,
			HOME: dataDir,
			DATA_DIR: dataDir,
			HOST: "127.0.0.1",
			PORT: "0",
		},
	});
	let said = "";
	npm.stdout.setEncoding("utf8").on("data", (text: string) => {
		said += text;
	});
	await expect
		.poll(() => said, { timeout: 15_000 })
		.toMatch(/http:\/\/localhost:\d+/);
	const [page = ""] = /http:\/\/localhost:\d+\//.exec(said) ?? [];
	const address = page.replace("localhost", "127.0.0.1");
	expect(await (await fetch(address)).text()).toContain("APP_ID");

	const ended = new Promise((resolve) => npm.once("exit", resolve));
	npm.kill("SIGTERM");
	await ended;
	await expect
		.poll(
			() =>
				fetch(address).then(
					() => "answers",
					() => "gone",
				),
			{
				timeout: 5_000,
			},
		)
		.toBe("gone");
	await rm(dataDir, { recursive: true, force: true });
}, 30_000);
