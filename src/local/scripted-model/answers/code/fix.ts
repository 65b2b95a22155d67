// The model's part in fixing the leak: rewrite a function that encodes a category
// with label means of all rows, so that it learns from training rows only.

export interface Edit {
	/** Occurs exactly once in the file. */
	readonly quote: string;
	readonly replacement: string;
}

/**
 * Finds the leaking function around a line, and the function that calls it before
 * the split; both are replaced. undefined when the text has no such pair.
 */
export function fixLeak(fileText: string, leakLine: number): Edit | undefined {
	const blocks = functionsOf(fileText.split("\n"));
	const leaking = blocks.filter((block) => WRITES_RATIO.test(block.text));
	const leak =
		leaking.find((block) => block.start <= leakLine && leakLine <= block.end) ??
		leaking[0];
	const caller = blocks.find(
		(block) => leak && block !== leak && block.text.includes(`${leak.name}(`),
	);
	if (!leak || !caller) return undefined;
	const learning = learn(leak);
	const splitting = splitFirst(caller, leak.name, learning?.name ?? "");
	if (!learning || !splitting) return undefined;
	return {
		quote: `${leak.text}\n\n\n${caller.text}`,
		replacement: [learning.text, apply(leak.name), splitting].join("\n\n\n"),
	};
}

// row[RATE] = sums[…] / counts[…]: the ratio goes back on the rows it came from.
const WRITES_RATIO =
	/^ {4}for row in rows:\n(?: {8}.*\n)*? {8}row\[RATE\] = (\w+)\[.+\] \/ (\w+)\[.+\]$/m;

interface Block {
	readonly name: string;
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

/** Top-level functions; lines are 1-based. */
function functionsOf(lines: readonly string[]): Block[] {
	return lines.flatMap((line, index) => {
		const name = /^def (\w+)\(/.exec(line)?.[1];
		if (name === undefined) return [];
		const rest = lines.slice(index + 1);
		const next = rest.findIndex((other) => /^[^\s)]/.test(other));
		const body = rest.slice(0, next === -1 ? undefined : next);
		const text = [line, ...body].join("\n").trimEnd();
		const end = index + text.split("\n").length;
		return [{ name, text, start: index + 1, end }];
	});
}

/** The accumulating half of the function, on training rows. */
function learn(leak: Block) {
	const ratio = WRITES_RATIO.exec(leak.text);
	if (!ratio) return undefined;
	const [, sums, counts] = ratio;
	const name = `fit_${leak.name.replace(/^[a-z]+_/, "")}`;
	const accumulation = leak.text
		.slice(0, ratio.index)
		.replace(/^def [^\n]*\n(?: {4}"""[^\n]*"""\n)?/, "")
		.replace("for row in rows:", "for row in train:");
	const text = `def ${name}(train: list[Row]) -> dict[str, float]:
    """What ${leak.name} writes, learnt from training rows only."""
${accumulation}    return {key: ${sums}[key] / ${counts}[key] for key in ${counts}}`;
	return { name, text };
}

const apply = (name: string) => `def ${name}(
    rows: list[Row], shares: dict[str, float], overall: float
) -> list[Row]:
    """Write the learnt shares; unseen categories get the overall one."""
    for row in rows:
        row[RATE] = shares.get(row[RATED], overall)
    return rows`;

/** The caller with the split moved before the encoding. */
function splitFirst(caller: Block, leaking: string, learning: string) {
	const call = new RegExp(`^ {4}(\\w+) = ${leaking}\\((.*)\\)\\n`, "m");
	const encoded = call.exec(caller.text);
	const split = /^ {4}(?:return|train, held_out =) (split_by_group\(.*\))$/m;
	const divided = split.exec(caller.text);
	if (!encoded || !divided) return undefined;
	const [line, rows, source] = encoded;
	const kept = rows === source ? "" : `    ${rows} = ${source}\n`;
	return caller.text
		.slice(0, divided.index)
		.replace(line, kept)
		.concat(`    train, held_out = ${divided[1]}
    shares = ${learning}(train)
    overall = sum(row[LABEL] for row in train) / max(len(train), 1)
    ${leaking}(train, shares, overall)
    ${leaking}(held_out, shares, overall)
    return train, held_out`);
}
