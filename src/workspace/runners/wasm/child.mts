// The child process: Pyodide, disarmed, running one job. It imports its
// neighbours here and the pyodide package, and nothing else.
import { existsSync, readFileSync, readSync, writeSync } from "node:fs";
import { disarmNode } from "./disarm.mts";
import {
	filePayload,
	frame,
	frameReader,
	type JobHeader,
	KINDS,
	type Kind,
} from "./frames.mts";
import { loadPython, type Start } from "./load.mts";
import { disarmPython, type Pyodide, type Run } from "./python.mts";

const ROOT = "/repository";
const NEWLINE = 10;
const MOST_JOB_BYTES = 1_000_000_000;

// Captured now: foreign code may change what hangs on the globals later.
const now = performance.now.bind(performance);
const encode = (text: string) => new TextEncoder().encode(text);

function send(kind: Kind, payload: Uint8Array): void {
	const bytes = frame(kind, payload);
	for (let at = 0; at < bytes.length; ) at += writeSync(1, bytes, at);
}

function readJob(): { header: JobHeader; files: Uint8Array[] } {
	const frames: Uint8Array[] = [];
	const read = frameReader(MOST_JOB_BYTES, (_, payload) => {
		frames.push(payload);
	});
	const buffer = new Uint8Array(1 << 20);
	for (;;) {
		const count = readSync(0, buffer);
		if (count === 0) break;
		read(buffer.slice(0, count));
	}
	const [first, ...files] = frames;
	const header = JSON.parse(new TextDecoder().decode(first)) as JobHeader;
	return { header, files };
}

/** Temporary files may be cleared away at any time; then Python starts anew. */
function startFrom({ snapshot }: JobHeader): Start {
	if (!snapshot || !existsSync(snapshot)) return {};
	return { _loadSnapshot: readFileSync(snapshot) };
}

type Capture = ReturnType<typeof capture>;

/** Sends every line as it ends, so that a kill loses nothing that was said. */
function capture() {
	let pieces: Uint8Array[] = [];
	let size = 0;
	const flush = () => {
		if (size > 0) send(KINDS.output, Buffer.concat(pieces, size));
		pieces = [];
		size = 0;
	};
	const write = (bytes: Uint8Array) => {
		pieces.push(bytes.slice());
		size += bytes.length;
		if (size > 16_384 || bytes.at(-1) === NEWLINE) flush();
		return bytes.length;
	};
	return { write, flush };
}

function writeFiles(
	{ FS }: Pick<Pyodide, "FS">,
	files: ReadonlyMap<string, Uint8Array>,
): void {
	FS.mkdirTree(ROOT);
	for (const [path, content] of files) {
		const full = `${ROOT}/${path}`;
		FS.mkdirTree(full.slice(0, full.lastIndexOf("/")));
		FS.writeFile(full, content);
	}
}

/** What is there from the beginning, and what appears later. */
function divide({ files: paths, later }: JobHeader, files: Uint8Array[]) {
	const [first, rest] = [new Map(), new Map()] as Map<string, Uint8Array>[];
	paths.forEach((path, index) => {
		const part = later?.paths.includes(path) ? rest : first;
		part?.set(path, files[index] ?? new Uint8Array());
	});
	return { first, rest } as { first: Files; rest: Files };
}
type Files = ReadonlyMap<string, Uint8Array>;

function sendFiles(FS: Pyodide["FS"], header: JobHeader): void {
	let left = header.collectBytes;
	for (const path of header.collect) {
		const content = readRegular(FS, `${ROOT}/${path}`, left);
		if (!content) continue;
		left -= content.length;
		send(KINDS.file, filePayload(path, content));
	}
}

function readRegular(FS: Pyodide["FS"], path: string, most: number) {
	try {
		const { mode, size } = FS.lstat(path);
		if (!FS.isFile(mode) || size > most) return undefined;
		return FS.readFile(path);
	} catch {
		return undefined;
	}
}

function runAll(
	{ commands, later }: JobHeader,
	run: Run,
	output: Capture,
	appear: () => void,
) {
	for (const [index, args] of commands.entries()) {
		if (index === later?.command) appear();
		const began = now();
		send(KINDS.started, new Uint8Array());
		const { exit, why } = runOne(run, args, output);
		output.flush();
		const seconds = (now() - began) / 1000;
		send(KINDS.ended, encode(JSON.stringify({ exit, seconds, why })));
		if (exit !== 0 || why !== "") return;
	}
}

function runOne(run: Run, args: readonly string[], output: Capture) {
	try {
		const [exit, why] = run(ROOT, args);
		return { exit, why };
	} catch (error) {
		// os._exit() ends the interpreter itself; so do its own faults.
		const { status } = Object(error) as { status?: unknown };
		if (typeof status === "number") return { exit: status, why: "left" };
		const first = String(error).split("\n")[0]?.slice(0, 300);
		output.write(encode(`\nThe interpreter broke: ${first}\n`));
		return { exit: -1, why: "crash" };
	}
}

async function main(): Promise<void> {
	const { header, files } = readJob();
	const pyodide = await loadPython(header.pyodide, startFrom(header));
	const { FS } = pyodide; // Pyodide refuses to give it once Python has ended.
	const output = capture();
	pyodide.setStdout({ write: output.write });
	pyodide.setStderr({ write: output.write });
	const run = disarmPython(pyodide, (name) =>
		readFileSync(new URL(name, import.meta.url), "utf8"),
	);
	disarmNode();
	const { first, rest } = divide(header, files);
	files.length = 0;
	writeFiles({ FS }, first);
	send(KINDS.loaded, new Uint8Array());
	runAll(header, run, output, () => writeFiles({ FS }, rest));
	sendFiles(FS, header);
	send(KINDS.done, new Uint8Array());
}

await main().catch((fault: unknown) => {
	// The default report would print Pyodide's one-line, one-megabyte source.
	writeSync(2, String((fault as Error)?.stack ?? fault).slice(0, 2_000));
	throw new Error("the child could not run its job");
});
