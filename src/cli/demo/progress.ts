// The demo's running commentary, on standard error: standard output stays clean.
import { phaseName } from "../../reports/workflow.ts";
import type { Standing } from "./issue-page.ts";

const terminal = process.stderr.isTTY;

/** One line that is rewritten in a terminal and appended to elsewhere. */
export class Progress {
	#shown = "";

	say(line: string) {
		if (terminal) process.stderr.write("\r\x1b[K");
		process.stderr.write(`${line}\n`);
		this.#shown = "";
	}

	/** Shows where the run stands and who is at work; repeats nothing. */
	show({ phase, state, tally }: Standing, atWork: readonly string[]) {
		const agents = atWork.length > 0 ? ` · ${atWork.join(", ")}` : "";
		const line = `Phase ${phase} of 12: ${phaseName(phase)} · ${state}`;
		if (terminal) {
			const width = process.stderr.columns ?? 80;
			const full = `${line} · ${tally}${agents}`.slice(0, width - 1);
			if (full !== this.#shown) process.stderr.write(`\r\x1b[K${full}`);
			this.#shown = full;
		} else if (line !== this.#shown) {
			process.stderr.write(`${line} · ${tally}\n`);
			this.#shown = line;
		}
	}
}
