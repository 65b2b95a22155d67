// A process that runs Python programs in boxes, one after the other, each for a
// second at most, and prints what came of them as JSON.
import { bubblewrapRunner } from "../../src/workspace/runners/bubblewrap.ts";

const runner = bubblewrapRunner();
const [seconds = "1", ...programs] = process.argv.slice(2);
for (const code of programs) {
	const result = await runner.run({
		files: new Map(),
		commands: [["-c", code]],
		collect: [],
		limits: { seconds: Number(seconds), memoryMb: 500, outputBytes: 10_000 },
	});
	const { status, reason, commands } = result;
	const output = commands.map((one) => one.output).join("");
	process.stdout.write(`${JSON.stringify({ status, reason, output })}\n`);
}
