import { describe, expect, it } from "vitest";
import {
	boxArguments,
	STREAMS,
} from "../../src/workspace/runners/bubblewrap/box-arguments.ts";
import { withRemedy } from "../../src/workspace/runners/bubblewrap/remedy.ts";

const box = boxArguments({
	interpreter: {
		path: "/srv/venv/bin/python3",
		version: "3.13.1",
		folders: ["/srv/venv"],
	},
	workspaceBytes: 1_000.5,
	driver: "pass",
});
const bwrap = box.slice(0, box.indexOf("--"));

/** Where something is mounted, and how. */
const mounts = bwrap.flatMap((name, i) => {
	if (name === "--tmpfs" || name === "--proc" || name === "--dev")
		return [{ name, at: bwrap[i + 1] ?? "" }];
	if (/^--(ro-)?(dev-)?bind(-try)?$/.test(name))
		return [{ name, at: bwrap[i + 2] ?? "" }];
	return [];
});

it.each([
	["spawn bwrap ENOENT", "apt install bubblewrap"],
	["spawn EINVAL", "capabilities SETUID and SETGID"],
	["bwrap: Unknown option --disable-userns", "0.8 or newer"],
	[
		"bwrap: Can't find source path /root/py: Permission denied",
		"that everybody may read",
	],
	["bwrap: Can't mount proc on /newroot/proc: x", "forbids mounts"],
	["bwrap: No permissions to create a new namespace", "forbids namespaces"],
])("%s comes with a remedy", (complaint, remedy) => {
	expect(withRemedy(complaint)).toContain(`${complaint} (`);
	expect(withRemedy(complaint)).toContain(remedy);
	expect(withRemedy("anything else")).toBe("anything else");
});

describe("the box", () => {
	it("binds nothing of the host that can be written", () => {
		const writable = mounts.filter(({ name }) => /^--(dev-)?bind/.test(name));
		expect(writable).toEqual([]);
		expect(mounts.map(({ at }) => at)).toContain("/srv/venv");
	});

	it("mounts nothing beneath what it binds: links there would lead bwrap astray", () => {
		const bound = mounts.filter(({ name }) => name.includes("bind"));
		const beneath = mounts.filter(({ at }) =>
			bound.some((other) => at.startsWith(`${other.at}/`)),
		);
		expect(beneath).toEqual([]);
	});

	it("gives every file that is handed in a stream of its own", () => {
		expect(new Set(Object.values(STREAMS)).size).toBe(4);
		for (const number of Object.values(STREAMS))
			expect(bwrap.filter((one) => one === String(number))).toHaveLength(1);
	});

	it("limits every folder that can be written", () => {
		for (const [i, name] of bwrap.entries())
			if (name === "--tmpfs") expect(bwrap[i - 2]).toBe("--size");
		expect(bwrap).toContain("1001");
	});

	it("closes the root only after everything is in its place", () => {
		const closed = bwrap.lastIndexOf("--remount-ro");
		expect(bwrap[closed + 1]).toBe("/");
		expect(bwrap.slice(closed)).not.toContain("--tmpfs");
	});

	it("starts the interpreter without what a user or a folder adds to it", () => {
		expect(box.slice(bwrap.length + 1)).toEqual([
			...["/srv/venv/bin/python3", "-I", "-S", "-c", "pass"],
		]);
	});
});
