// Python command lines that a repository configures: split into words without a
// shell, with {placeholders} filled in.

const SHELL_WORDS = new Set(["|", "||", "&", "&&", ";", ">", ">>", "<"]);

interface Word {
	readonly text: string;
	readonly quoted: boolean;
}

/** Words as a shell would see them, quotes included, nothing else; undefined when a quote stays open. */
function split(line: string): Word[] | undefined {
	const words: Word[] = [];
	let word: { text: string; quoted: boolean } | undefined;
	let quote = "";
	for (const char of line) {
		if (quote && char === quote) quote = "";
		else if (quote) word = { text: `${word?.text ?? ""}${char}`, quoted: true };
		else if (char === '"' || char === "'") {
			quote = char;
			word = { text: word?.text ?? "", quoted: true };
		} else if (/\s/.test(char)) {
			if (word) words.push(word);
			word = undefined;
		} else
			word = {
				text: `${word?.text ?? ""}${char}`,
				quoted: word?.quoted ?? false,
			};
	}
	if (word) words.push(word);
	return quote ? undefined : words;
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** What is wrong with a configured line, in words; undefined when nothing is. */
export function commandFault(
	line: string,
	needed: readonly string[],
	known: readonly string[] = needed,
): string | undefined {
	const words = split(line);
	if (!words) return "expected every quote to be closed";
	if (words[0]?.text !== "python" || words.length < 2)
		return "expected a line that begins with `python `";
	const shell = words.find(
		({ text, quoted }) => !quoted && SHELL_WORDS.has(text),
	);
	if (shell)
		return `expected one Python command; there is no shell that would act on \`${shell.text}\``;
	const used = new Set([...line.matchAll(PLACEHOLDER)].map(([, name]) => name));
	const strange = [...used].find((name) => !known.includes(name ?? ""));
	if (strange)
		return `{${strange}} is no placeholder here; expected ${list(known) || "none"}`;
	const missing = needed.filter((name) => !used.has(name));
	return missing.length > 0
		? `expected the placeholders ${list(missing)} too`
		: undefined;
}

const list = (names: readonly string[]) =>
	names.map((name) => `{${name}}`).join(" ");

/** argv after `python`, of a line without faults. */
export const pythonArguments = (
	line: string,
	values: Readonly<Record<string, string>> = {},
): string[] =>
	(split(line) ?? [])
		.slice(1)
		.map(({ text }) =>
			text.replace(PLACEHOLDER, (whole, name) => values[name] ?? whole),
		);
