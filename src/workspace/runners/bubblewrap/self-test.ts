// Before the bubblewrap runner runs anything, it must show that the ways out
// which we know of are closed: here, with this kernel, bwrap and user.
import { once } from "node:events";
import {
	chmod,
	mkdir,
	mkdtemp,
	readFile,
	rm,
	writeFile,
} from "node:fs/promises";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ANSWERS, judgeProbes } from "../judge-probes.ts";
import type { Job, JobResult, SelfTest } from "../runner.ts";
import { ENVIRONMENT_NAMES } from "./box-arguments.ts";
import { PROCESSORS } from "./syscalls.ts";

const PROBES = new URL("./probes.py", import.meta.url);

type Run = (job: Job) => Promise<JobResult>;

/** Must not throw: a probe that cannot be run is a failed self-test. */
export async function probeBox(run: Run): Promise<SelfTest> {
	const folder = await mkdtemp(join(tmpdir(), "modelwright-probe-"));
	const shared = await sharedFile();
	let visitors = 0;
	const listeners = ["127.0.0.1", join(folder, "socket"), abstractName(folder)];
	const servers = listeners.map(() =>
		createServer((socket) => {
			visitors += 1;
			socket.destroy();
		}),
	);
	try {
		const [port, ...sockets] = await listen(servers, listeners);
		const processor = PROCESSORS[process.arch];
		const facts = {
			...(await layBait(folder)),
			...{ shared, sockets, port },
			program: fileURLToPath(PROBES),
			pid: process.pid,
			calls: processor?.refused ?? {},
			clone: processor?.limited.clone,
		};
		const source = await readFile(PROBES);
		const [result, endless] = await Promise.all([
			run(probeJob(source, facts)),
			run(ENDLESS),
		]);
		const known = source.toString("utf8").match(/^def (?!_)\w+/gm)?.length ?? 0;
		const seen = visitors > 0 ? ["a connection to this machine"] : [];
		if (result.status === "ok" && endless.status !== "timed out")
			seen.push("time without end");
		return judgeProbes(result, {
			probes: known + Object.keys(facts.calls).length,
			environment: ENVIRONMENT_NAMES,
			seen,
		});
	} catch (fault) {
		return { ok: false, reason: `The self-test failed: ${String(fault)}` };
	} finally {
		for (const server of servers) server.close();
		for (const path of [folder, shared])
			await rm(path, { recursive: true, force: true });
	}
}

/** Open to every user of this machine, so that only the box can keep them out. */
async function layBait(folder: string) {
	await chmod(folder, 0o755);
	const secret = join(folder, "secret.txt");
	await writeFile(secret, "a file of the host", { mode: 0o644 });
	const outside = join(folder, "outside");
	await mkdir(outside);
	await chmod(outside, 0o777);
	return { secret, outside };
}

async function sharedFile(): Promise<string> {
	const folder = await mkdtemp("/dev/shm/modelwright-probe-").catch(() => "");
	if (folder) await chmod(folder, 0o755);
	return folder;
}

/** Kept by the kernel instead of a file system. */
const abstractName = (folder: string) => `\0${folder}`;

async function listen(servers: readonly Server[], places: readonly string[]) {
	return Promise.all(
		servers.map(async (server, i) => {
			const place = places[i] as string;
			if (i === 0) server.listen(0, place);
			else server.listen(place);
			await once(server, "listening");
			if (i > 0) return place;
			return (server.address() as AddressInfo).port;
		}),
	);
}

const probeJob = (source: Uint8Array, facts: unknown): Job => ({
	files: new Map([
		["probes.py", source],
		["facts.json", Buffer.from(JSON.stringify(facts))],
	]),
	commands: [["probes.py"]],
	collect: [ANSWERS],
	limits: { seconds: 60, memoryMb: 1_000, outputBytes: 20_000 },
});

const ENDLESS: Job = {
	files: new Map(),
	commands: [["-S", "-c", "while True: pass"]],
	collect: [],
	limits: { seconds: 0.2, memoryMb: 1_000, outputBytes: 1_000 },
};
