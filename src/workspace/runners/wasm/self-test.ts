// Before the wasm runner runs anything, it must show that the ways out which
// we know of are closed, on this machine, with this version of Node.
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ANSWERS, judgeProbes } from "../judge-probes.ts";
import type { Job, JobResult, SelfTest } from "../runner.ts";

const PROBES = new URL("./probes.py", import.meta.url);

/** What Python may see of an environment: its own, and nothing of ours. */
const ENVIRONMENT = [
	..."_ HOME LANG LOGNAME PATH PWD USER LD_LIBRARY_PATH".split(" "),
	..."PYTHONHASHSEED PYTHONINSPECT".split(" "),
];

/** Must not throw: a probe that cannot be run is a failed self-test. */
export async function probeIsolation(
	run: (job: Job) => Promise<JobResult>,
): Promise<SelfTest> {
	const folder = await mkdtemp(join(tmpdir(), "modelwright-probe-"));
	const secret = join(folder, "secret.txt");
	let visitors = 0;
	const listener = createServer((socket) => {
		visitors += 1;
		socket.destroy();
	});
	try {
		await writeFile(secret, "a file of the host");
		await once(listener.listen(0, "127.0.0.1"), "listening");
		const { port } = listener.address() as AddressInfo;
		const source = await readFile(PROBES);
		const result = await run(probeJob(source, String(port), secret));
		const known = source.toString("utf8").match(/^def (?!attempt)\w+/gm);
		return judgeProbes(result, {
			probes: known?.length ?? 0,
			environment: ENVIRONMENT,
			seen: visitors > 0 ? ["a connection to this machine"] : [],
		});
	} catch (fault) {
		return { ok: false, reason: `The self-test failed: ${String(fault)}` };
	} finally {
		listener.close();
		await rm(folder, { recursive: true, force: true });
	}
}

const probeJob = (source: Uint8Array, port: string, secret: string): Job => ({
	files: new Map([["probes.py", source]]),
	commands: [["probes.py", port, secret]],
	collect: [ANSWERS],
	limits: { seconds: 60, memoryMb: 1_500, outputBytes: 20_000 },
});
