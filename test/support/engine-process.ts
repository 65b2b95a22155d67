// A process with an engine whose phase hangs in its second step, until it is killed.
import { startEngine } from "../../src/engine/engine.ts";
import { effectsPhase } from "./effects-phase.ts";
import { engineOptions } from "./engine-stage.ts";

const { url, api, privateKey, file, hangAt, delivery } = JSON.parse(
	process.argv[2] ?? "",
);
const engine = await startEngine(
	engineOptions(url, api, privateKey, [effectsPhase(file, hangAt)]),
);
await engine.intake.record(delivery);
process.stdout.write(`${JSON.stringify({ executor: engine.executor })}\n`);
