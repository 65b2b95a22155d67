// What tokens cost, by the one table of models.
import type Anthropic from "@anthropic-ai/sdk";
import { MODEL_ALIASES, MODELS, type Price } from "../reports/models.ts";

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

/** The service knows no short names; people and role files use them. */
export const modelId = (name: string): string => MODEL_ALIASES[name] ?? name;

const ENTRIES = Object.values(MODELS);

/** The dearest a kind of token can be: at the dearest input, in the steepest ratio to it. */
function dearest(kind: keyof Price): number {
	const inputs = ENTRIES.map(({ price }) => price.input ?? 0);
	const ratios = ENTRIES.map(({ price }) =>
		price.input ? (price[kind] ?? 0) / price.input : 0,
	);
	return Math.max(...inputs) * Math.max(...ratios);
}

const DEAREST: Price = {
	input: dearest("input"),
	write5m: dearest("write5m"),
	write1h: dearest("write1h"),
	read: dearest("read"),
	output: dearest("output"),
};

/** What is unknown counts as the dearest: a budget must hold. */
export function costOf(model: string, usage: Usage): number {
	const entry = MODELS[modelId(model)];
	const price: Price = { ...DEAREST, ...entry?.price };
	const { above = Number.POSITIVE_INFINITY, times = 1 } =
		entry?.longPrompt ?? {};
	const sum =
		usage.inputTokens * price.input +
		usage.cacheWrite5mTokens * price.write5m +
		usage.cacheWrite1hTokens * price.write1h +
		usage.cacheReadTokens * price.read +
		usage.outputTokens * price.output;
	return (sum * (promptTokensOf(usage) > above ? times : 1)) / 1e6;
}

const promptTokensOf = (usage: Usage) =>
	usage.inputTokens +
	usage.cacheWrite5mTokens +
	usage.cacheWrite1hTokens +
	usage.cacheReadTokens;

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
