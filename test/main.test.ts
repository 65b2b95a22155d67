// The process as people start it, without an App: it explains, and ends in peace.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";

const MAIN = new URL("../src/main.ts", import.meta.url).pathname;
const { PATH = "" } = process.env;

it("explains the set-up, is not ready, and stops when asked", async () => {
	const child = spawn(process.execPath, [MAIN], { env: { PATH, PORT: "0" } });
	const exit = once(child, "exit");
	let address = "";
	for await (const line of createInterface(child.stdout)) {
		address = /http:\S+/.exec(line)?.[0] ?? "";
		if (address) break;
	}
	const page = await (await fetch(address)).text();
	for (const word of ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET", "manifest"])
		expect(page).toContain(word);
	expect(page).toContain(`${new URL(address).host}/api/github/webhooks`);
	expect((await fetch(new URL("/healthz", address))).status).toBe(200);
	expect((await fetch(new URL("/readyz", address))).status).toBe(503);
	const forged = new URL("/setup?code=%3Cscript%3E", address);
	expect((await fetch(forged)).status).toBe(404);
	child.kill("SIGTERM");
	expect(await exit).toEqual([0, null]);
});

it("refuses to start without a webhook secret, in words", async () => {
	const child = spawn(process.execPath, [MAIN], { env: { PATH, APP_ID: "1" } });
	let words = "";
	child.stderr.on("data", (text) => {
		words += text;
	});
	const [code] = await once(child, "close");
	expect(code).toBe(78);
	expect(words).toContain("WEBHOOK_SECRET: not set");
	expect(words).not.toContain("    at ");
});
