// The filter of system calls, run by a small machine of our own for processors
// that this is not, and its numbers held against the kernel's headers.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seccompFilter } from "../../src/workspace/runners/bubblewrap/seccomp.ts";
import { PROCESSORS } from "../../src/workspace/runners/bubblewrap/syscalls.ts";

const ALLOW = 0x7fff0000;
const errno = (number: number) => 0x50000 | number;
const [EPERM, ENOSYS, EAFNOSUPPORT] = [errno(1), errno(38), errno(97)];
const KILL = 0x80000000;

/** What the kernel's machine would answer to a call. */
function answer(
	filter: Uint8Array,
	audit: number,
	call: number,
	args: readonly number[] = [],
): number {
	const data = Buffer.alloc(64);
	data.writeUInt32LE(call, 0);
	data.writeUInt32LE(audit, 4);
	for (const [i, arg] of args.entries())
		data.writeUInt32LE(arg >>> 0, 16 + 8 * i);
	const program = Buffer.from(filter);
	let accumulator = 0;
	for (let at = 0; at < program.length; at += 8) {
		const code = program.readUInt16LE(at);
		const [yes, no] = [program[at + 2] ?? 0, program[at + 3] ?? 0];
		const k = program.readUInt32LE(at + 4);
		if (code === 0x20) accumulator = data.readUInt32LE(k);
		else if (code === 0x06) return k;
		else {
			const holds = {
				21: accumulator === k,
				53: accumulator >= k,
				69: (accumulator & k) !== 0,
			}[code];
			if (holds === undefined) throw new Error(`no instruction ${code}`);
			at += 8 * (holds ? yes : no);
		}
	}
	throw new Error("the program ends without an answer");
}

describe.each(Object.entries(PROCESSORS))("on %s", (name, processor) => {
	const filter = seccompFilter(name) as Uint8Array;
	const { audit, limited, refused } = processor;
	const ask = (call: number, ...args: number[]) =>
		answer(filter, audit, call, args);

	it("refuses every call of the list, and lets a plain one through", () => {
		for (const call of Object.values(refused)) expect(ask(call)).toBe(EPERM);
		expect(ask(name === "x64" ? 0 : 63)).toBe(ALLOW);
	});

	it("kills what comes from another processor's calls", () => {
		expect(answer(filter, 0x40000003, 0)).toBe(KILL);
	});

	it("lets processes and threads be made, but no namespaces", () => {
		const [THREAD, FORK] = [0x3d0f00, 0x1200011];
		expect(ask(limited.clone, THREAD)).toBe(ALLOW);
		expect(ask(limited.clone, FORK)).toBe(ALLOW);
		for (const space of [17, 25, 26, 27, 28, 29, 30])
			expect(ask(limited.clone, FORK | (1 << space))).toBe(EPERM);
		expect(ask(limited.clone3)).toBe(ENOSYS);
	});

	it("knows three families of sockets", () => {
		for (const call of [limited.socket, limited.socketpair])
			for (let family = 0; family < 50; family++)
				expect(ask(call, family)).toBe(
					[1, 2, 10].includes(family) ? ALLOW : EAFNOSUPPORT,
				);
	});

	it("types into no terminal and takes no other personality", () => {
		expect(ask(limited.ioctl, 0, 0x5412)).toBe(EPERM);
		expect(ask(limited.ioctl, 0, 0x541c)).toBe(EPERM);
		expect(ask(limited.ioctl, 0, 0x5413)).toBe(ALLOW);
		expect(ask(limited.personality, 0)).toBe(ALLOW);
		expect(ask(limited.personality, 0xffffffff)).toBe(ALLOW);
		expect(ask(limited.personality, 0x0040000)).toBe(EPERM);
	});

	const header = {
		x64: "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
		arm64: "/usr/include/asm-generic/unistd.h",
	}[name] as string;
	it.skipIf(!existsSync(header))("has the kernel's own numbers", () => {
		const text = readFileSync(header, "utf8");
		for (const [call, number] of Object.entries({ ...refused, ...limited })) {
			// Some have a number of their own only since newer headers.
			const found = new RegExp(`__NR(?:3264)?_${call}\\s+(\\d+)`).exec(text);
			if (found) expect(`${call} ${found[1]}`).toBe(`${call} ${number}`);
		}
		expect(text).toMatch(/__NR(3264)?_ptrace/);
	});
});

it("refuses the other ABI of the same processor", () => {
	const filter = seccompFilter("x64") as Uint8Array;
	expect(answer(filter, 0xc000003e, 0x40000000 + 39)).toBe(ENOSYS);
});

it("exists for known processors only", () => {
	expect(seccompFilter("riscv64")).toBeUndefined();
});
