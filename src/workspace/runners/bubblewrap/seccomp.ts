// The filter that the kernel puts every system call of the box through: a
// program for its classic BPF machine, handed to bwrap as bytes.
import { PROCESSORS } from "./syscalls.ts";

type Instruction = readonly [code: number, yes: number, no: number, k: number];

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (number: number) => 0x00050000 | number;
const [EPERM, ENOSYS, EAFNOSUPPORT] = [errno(1), errno(38), errno(97)];

/** Where things stand in what the kernel shows to the filter (struct seccomp_data). */
const [NUMBER, ARCHITECTURE, ARGUMENTS] = [0, 4, 16];

/** CLONE_NEWNS, -CGROUP, -UTS, -IPC, -USER, -PID and -NET. */
const NEW_NAMESPACE = 0x7e020000;
/** AF_UNIX, which multiprocessing needs, AF_INET and AF_INET6. */
const FAMILIES = [1, 2, 10];
/** TIOCSTI types into a terminal, TIOCLINUX pastes into one. */
const TYPING = [0x5412, 0x541c];
/** To be Linux, and to ask what one is. */
const PERSONALITIES = [0, 0xffffffff];

/** undefined where this processor's calls are not known. */
export function seccompFilter(
	architecture: string = process.arch,
): Uint8Array | undefined {
	const processor = PROCESSORS[architecture];
	if (!processor) return undefined;
	const { audit, otherAbi, refused, limited } = processor;
	const families = either(0, equal(FAMILIES), ALLOW, EAFNOSUPPORT);
	return assemble([
		load(ARCHITECTURE),
		[JUMP_IF_EQUAL, 1, 0, audit],
		answer(KILL),
		load(NUMBER),
		...(otherAbi ? when(JUMP_IF_AT_LEAST, otherAbi, [answer(ENOSYS)]) : []),
		...Object.values(refused).flatMap((call) => on(call, [answer(EPERM)])),
		// Its arguments lie in memory, out of sight; C libraries then use clone.
		...on(limited.clone3, [answer(ENOSYS)]),
		...on(
			limited.clone,
			either(0, [[JUMP_IF_ANY_BIT, NEW_NAMESPACE]], EPERM, ALLOW),
		),
		...on(limited.socket, families),
		...on(limited.socketpair, families),
		...on(limited.ioctl, either(1, equal(TYPING), EPERM, ALLOW)),
		...on(limited.personality, either(0, equal(PERSONALITIES), ALLOW, EPERM)),
		answer(ALLOW),
	]);
}

const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_AT_LEAST = 0x35;
const JUMP_IF_ANY_BIT = 0x45;
const RETURN = 0x06;

const load = (offset: number): Instruction => [LOAD_WORD, 0, 0, offset];
const answer = (value: number): Instruction => [RETURN, 0, 0, value];

const when = (
	test: number,
	k: number,
	body: readonly Instruction[],
): Instruction[] => [[test, 0, body.length, k], ...body];

const on = (call: number, body: readonly Instruction[]) =>
	when(JUMP_IF_EQUAL, call, body);

type Test = readonly [code: number, k: number];
const equal = (values: readonly number[]): Test[] =>
	values.map((k) => [JUMP_IF_EQUAL, k]);

/** One answer when a test of the argument (its lower word) holds, else the other. */
const either = (
	argument: number,
	tests: readonly Test[],
	held: number,
	otherwise: number,
): Instruction[] => [
	load(ARGUMENTS + 8 * argument),
	...tests.map(([code, k], i): Instruction => [code, tests.length - i, 0, k]),
	answer(otherwise),
	answer(held),
];

/** As the kernel reads it (struct sock_filter), little-endian like both processors. */
function assemble(program: readonly Instruction[]): Uint8Array {
	const bytes = Buffer.alloc(program.length * 8);
	for (const [i, [code, yes, no, k]] of program.entries()) {
		bytes.writeUInt16LE(code, i * 8);
		bytes.writeUInt8(yes, i * 8 + 2);
		bytes.writeUInt8(no, i * 8 + 3);
		bytes.writeUInt32LE(k >>> 0, i * 8 + 4);
	}
	return bytes;
}
