// What tokens cost. Prices in US dollars per million tokens.
import type Anthropic from "@anthropic-ai/sdk";
import { MODEL_ALIASES } from "../reports/models.ts";

/** Tokens of one answer, by what they are charged as. */
export interface Usage {
	readonly inputTokens: number;
	readonly cacheWrite5mTokens: number;
	readonly cacheWrite1hTokens: number;
	readonly cacheReadTokens: number;
	/** Thinking is inside. */
	readonly outputTokens: number;
}

export const NO_USAGE: Usage = {
	inputTokens: 0,
	cacheWrite5mTokens: 0,
	cacheWrite1hTokens: 0,
	cacheReadTokens: 0,
	outputTokens: 0,
};

interface Price {
	readonly input: number;
	readonly write5m: number;
	readonly write1h: number;
	readonly read: number;
	readonly output: number;
}

const OPUS: Price = {
	input: 4,
	write5m: 5,
	write1h: 8,
	read: 0.2,
	output: 20,
};

const PRICES: Readonly<Record<string, Price>> = {
	"claude-opus-5-5": OPUS,
	"claude-sonnet-5-5": {
		input: 2,
		write5m: 2.5,
		write1h: 4,
		read: 0.1,
		output: 10,
	},
};

/** The service knows no short names; people and role files use them. */
export const modelId = (name: string): string => MODEL_ALIASES[name] ?? name;

/** A model without a known price counts as the dearest: a budget must hold. */
const priceOf = (model: string): Price => PRICES[modelId(model)] ?? OPUS;

export function costOf(model: string, usage: Usage): number {
	const price = priceOf(model);
	return (
		(usage.inputTokens * price.input +
			usage.cacheWrite5mTokens * price.write5m +
			usage.cacheWrite1hTokens * price.write1h +
			usage.cacheReadTokens * price.read +
			usage.outputTokens * price.output) /
		1e6
	);
}

/** Fewer characters a token than any tokenizer we met needs for code and prose. */
const CHARS_PER_TOKEN = 3;

export const tokensIn = (chars: number) => Math.ceil(chars / CHARS_PER_TOKEN);

/** The most a request can cost: every prompt token written to the dearest cache. */
export function worstCaseOf(
	model: string,
	promptChars: number,
	maxTokens: number,
): number {
	return costOf(model, {
		...NO_USAGE,
		cacheWrite1hTokens: tokensIn(promptChars),
		outputTokens: maxTokens,
	});
}

/** Hosts that speak the protocol may leave out what they do not count. */
export function readUsage(usage: Partial<Anthropic.Usage>): Usage {
	const written = usage.cache_creation_input_tokens ?? 0;
	const write1h = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
	return {
		inputTokens: usage.input_tokens ?? 0,
		cacheWrite5mTokens: Math.max(0, written - write1h),
		cacheWrite1hTokens: write1h,
		cacheReadTokens: usage.cache_read_input_tokens ?? 0,
		outputTokens: usage.output_tokens ?? 0,
	};
}
