// Before the wasm runner runs anything, it must show that the ways out which
// we know of are closed, on this machine, with this version of Node.
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Job, JobResult, SelfTest } from "../runner.ts";

const PROBES = new URL("./probes.py", import.meta.url);

/** What Python may see of an environment: its own, and nothing of ours. */
const ENVIRONMENT = new Set([
	..."_ HOME LANG LOGNAME PATH PWD USER LD_LIBRARY_PATH".split(" "),
	..."PYTHONHASHSEED PYTHONINSPECT".split(" "),
]);

const Answers = z.object({
	probes: z.record(
		z.string(),
		z.object({ reached: z.boolean(), what: z.string() }),
	),
	environment: z.record(z.string(), z.string()),
});

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
		return judge(source.toString("utf8"), result, visitors);
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
	collect: ["answers.json"],
	limits: { seconds: 60, memoryMb: 1_500, outputBytes: 20_000 },
});

function judge(source: string, result: JobResult, visitors: number): SelfTest {
	const file = result.files.get("answers.json");
	if (result.status !== "ok" || !file) {
		const reason = result.reason || "it gave no answers";
		return { ok: false, reason: `The self-test did not run: ${reason}` };
	}
	const { probes, environment } = Answers.parse(
		JSON.parse(new TextDecoder().decode(file)),
	);
	const leaks = Object.entries(probes)
		.filter(([, answer]) => answer.reached)
		.map(([name]) => name.replaceAll("_", " "));
	const known = source.match(/^def (?!attempt)\w+/gm)?.length ?? 0;
	if (Object.keys(probes).length !== known) leaks.push("missing answers");
	if (visitors > 0) leaks.push("a connection to this machine");
	for (const name of Object.keys(environment))
		if (!ENVIRONMENT.has(name)) leaks.push(`the variable ${name}`);
	if (leaks.length === 0) return { ok: true };
	return {
		ok: false,
		reason: `Foreign code would not be isolated here (${leaks.join(", ")}). Nothing is run; use another runner.`,
	};
}
