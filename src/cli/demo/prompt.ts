import { createInterface, type Interface } from "node:readline";

/** Waits for Enter without holding up anything else; may be withdrawn. */
export class EnterKey {
	#terminal: Interface | undefined;
	#pressed = false;

	ask(question: string) {
		this.withdraw();
		this.#pressed = false;
		this.#terminal = createInterface(process.stdin, process.stderr);
		this.#terminal.question(question, () => {
			this.#pressed = true;
			this.withdraw();
		});
		// In raw terminals Ctrl-C reaches readline first.
		this.#terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
	}

	get pressed() {
		return this.#pressed;
	}

	withdraw() {
		this.#terminal?.close();
		this.#terminal = undefined;
	}
}
