import { Command, InvalidArgumentError } from "commander";
import { DEFAULT_SEED } from "../../local/sample/sample.ts";

export interface DemoOptions {
	/** Answer every gate without waiting for a person. */
	readonly auto: boolean;
	/** End with one line of JSON on standard output. */
	readonly json: boolean;
	/** Chooses the sample: its data, its names and the leak's place. */
	readonly seed: number;
}

function wholeNumber(value: string): number {
	const number = Number(value);
	if (Number.isInteger(number) && number >= 0 && number <= 1_000_000)
		return number;
	throw new InvalidArgumentError("a whole number from 0 to 1,000,000");
}

export function readArguments(argv: readonly string[]): DemoOptions {
	const { auto, json, seed } = new Command("npm run demo --")
		.description(
			"Runs Modelwright on a GitHub of its own on this machine, with a scripted model.",
		)
		.option("--auto", "answer every gate as alice, then stop", false)
		.option("--json", "print the outcome as one line of JSON at the end", false)
		.option("--seed <n>", "another sample", wholeNumber, DEFAULT_SEED)
		.parse(argv)
		.opts<DemoOptions>();
	// Without a terminal nobody could press a key.
	return { auto: auto || !process.stdin.isTTY, json, seed };
}
