// Whether agents that are about to start side by side had better have their
// common beginning cached first: cold, each of them would pay for taking it in.
import type { Message, Prompt } from "./messages.ts";
import { costOf, NO_USAGE, tokensIn } from "./pricing.ts";

/** How long the two kinds of cache entries last, in seconds. */
const LONG_ENTRY = 3_600;
const SHORT_ENTRY = 300;

/** Nothing the last request kept can have run out; `idle` as in `paysToWarm`. */
export const isStillWarm = (idle: number | undefined): boolean =>
	idle !== undefined && idle < SHORT_ENTRY;

/** A request that fills the cache with what the prompts have in common; they must be of one model. */
export function warmingFor(prompts: readonly Prompt[]): Prompt | undefined {
	const [first] = prompts;
	if (!first || prompts.length < 2) return undefined;
	const content = upToLastMark(sharedBlocks(prompts));
	return {
		...first,
		maxTokens: 0,
		messages: [{ role: "user", content: content.length ? content : "." }],
	};
}

/** `idle`: seconds since anything was asked; undefined if nothing ever was. */
export function paysToWarm(
	warming: Prompt,
	agents: number,
	idle = Number.POSITIVE_INFINITY,
): boolean {
	const front = tokensIn(
		JSON.stringify([warming.tools, warming.system]).length,
	);
	const shared = tokensIn(JSON.stringify(warming.messages).length);
	const cold = costOf(warming.model, {
		...NO_USAGE,
		...(idle < LONG_ENTRY
			? { cacheReadTokens: front }
			: { cacheWrite1hTokens: front }),
		cacheWrite5mTokens: shared,
	});
	const warm = costOf(warming.model, {
		...NO_USAGE,
		cacheReadTokens: front + shared,
	});
	return cold + agents * warm < agents * cold;
}

type Blocks = Exclude<Message["content"], string>;

function sharedBlocks(prompts: readonly Prompt[]): Blocks {
	const all = prompts.map(({ messages }) => blocksOf(messages[0]));
	const [first = []] = all;
	const differs = first.findIndex((block, at) =>
		all.some((blocks) => !isSame(blocks[at], block)),
	);
	return differs < 0 ? first : first.slice(0, differs);
}

const isSame = (a: unknown, b: unknown) =>
	JSON.stringify(a) === JSON.stringify(b);

const upToLastMark = (blocks: Blocks): Blocks =>
	blocks.slice(
		0,
		blocks.findLastIndex((block) => "cache_control" in block) + 1,
	);

const blocksOf = (message: Message | undefined): Blocks =>
	typeof message?.content === "object" ? message.content : [];
