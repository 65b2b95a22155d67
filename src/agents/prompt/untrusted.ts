// Text that others wrote, made fit to stand in a prompt: what a reader of the
// rendered page would not see is taken out, and it cannot close its own fence.
import { dropHiddenElements } from "./hidden-elements.ts";

export interface Cleaned {
	readonly text: string;
	/** How many hidden things were taken out. */
	readonly removed: number;
}

/** Removing one thing may uncover another; more rounds than this are an attack. */
const MOST_ROUNDS = 5;

/** Each pattern must stay linear on hostile input: bounded, and stopped by a rare character. */
const HIDDEN: readonly RegExp[] = [
	/<!--[\s\S]*?(?:-->|$)/g,
	// Link definitions never show; [//]: # (text) is a known hiding place.
	/^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*(?:<[^>\n]{0,500}>|\S{1,500})(?:[ \t]+(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|\([^)\n]{0,500}\)))?[ \t]*$/gm,
	// Images: their text and address are not what a person reads.
	/!\[[^\]\n]{0,1000}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])?/g,
	// Titles of links: [text](address "title")
	/(?<=\]\([^)\s]{1,500})[ \t]+(?:"[^"\n]{0,1000}"|'[^'\n]{0,1000}')(?=\))/g,
];

/**
 * Control, format, private and unassigned characters, fillers and variation
 * selectors: all that takes no ink. Joiners of some scripts go with them.
 */
const INVISIBLE =
	/(?:(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Variation_Selector}\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0])+/gu;

/** Emoji are joined by up to two such characters; that is nobody's secret. */
const HARMLESS_RUN = 2;

/** Must not throw. A regression set against known tricks, no promise against every one. */
export function cleanUntrusted(source: string): Cleaned {
	let text = source.replace(/\r\n?/g, "\n").toWellFormed();
	let removed = 0;
	for (let round = 0; round < MOST_ROUNDS; round++) {
		const before = text;
		const inked = dropInvisible(text);
		text = inked.text;
		removed += inked.removed;
		for (const pattern of HIDDEN)
			text = text.replace(pattern, () => {
				removed++;
				return "";
			});
		const shown = dropHiddenElements(text);
		text = shown.text;
		removed += shown.removed;
		if (text === before) break;
	}
	return { text, removed };
}

function dropInvisible(text: string): Cleaned {
	let removed = 0;
	const inked = text.replace(INVISIBLE, (run) => {
		if (run.length > HARMLESS_RUN) removed++;
		return "";
	});
	return { text: inked, removed };
}

/** Tags that the prompt is built with; material must not be able to open or close one. */
const FENCES = /<(?=\/?\s*(?:task|report|note|files?)\b)/gi;

/** Our own rendering of material, between tags that nothing in it can leave. */
export function fence(tag: string, attributes: string, text: string): string {
	const inked = dropInvisible(text.toWellFormed()).text;
	const head = attributes ? `${tag} ${attributes}` : tag;
	return `<${head}>\n${inked.replace(FENCES, "‹").trim()}\n</${tag}>`;
}

/** Text of people or files, cleaned and fenced, with a word on what was hidden in it. */
export function fenceUntrusted(
	tag: string,
	attributes: string,
	source: string,
): string {
	const { text, removed } = cleanUntrusted(source);
	const note = removed ? `\n(${removed} hidden items removed)` : "";
	return fence(tag, attributes, text) + note;
}
