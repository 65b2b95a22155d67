// Code in Markdown that stays code whatever it holds.

/** Characters nobody sees; they hide text from readers, not from machines. */
const INVISIBLE =
	/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]|\p{Variation_Selector}|[\u2028\u2029\u2800\u3164\uFFA0]|\u115F|\u1160|\u17B4|\u17B5/gu;

export const stripInvisible = (text: string): string =>
	text
		.replace(/\r\n?/g, "\n")
		.replace(INVISIBLE, (found) =>
			found === "\n" || found === "\t" ? found : "",
		);

const longestRun = (text: string, character: string): number => {
	const runs = text.match(new RegExp(`${character}+`, "g")) ?? [];
	return Math.max(0, ...runs.map(({ length }) => length));
};

/** `text` as inline code on one line. */
export function codeSpan(text: string): string {
	const line = stripInvisible(text).replace(/\s+/g, " ").trim();
	if (line === "") return "(empty)";
	const ticks = "`".repeat(longestRun(line, "`") + 1);
	const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
	return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** `text` as a fenced block that nothing inside can close. */
export function fence(text: string, language = ""): string {
	const body = stripInvisible(text).replace(/\n+$/, "");
	const ticks = "`".repeat(Math.max(3, longestRun(body, "`") + 1));
	return `${ticks}${language}\n${body}\n${ticks}`;
}
