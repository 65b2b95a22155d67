import type { ModelCard } from "./models.ts";

/** The tokens of one answered request, by how they are billed. */
export interface Usage {
	input_tokens: number;
	cache_read_input_tokens: number;
	cache_creation_input_tokens: number;
	cache_creation: {
		ephemeral_5m_input_tokens: number;
		ephemeral_1h_input_tokens: number;
	};
	output_tokens: number;
	output_tokens_details: { thinking_tokens: number };
}

export function promptTokens(usage: Usage): number {
	return (
		usage.input_tokens +
		usage.cache_read_input_tokens +
		usage.cache_creation_input_tokens
	);
}

export function priceOf(usage: Usage, model: ModelCard): number {
	const { rates, longPrompt } = model;
	const { ephemeral_5m_input_tokens: w5m, ephemeral_1h_input_tokens: w1h } =
		usage.cache_creation;
	const perMillion =
		usage.input_tokens * rates.input +
		w5m * rates.write5m +
		w1h * rates.write1h +
		usage.cache_read_input_tokens * rates.read +
		usage.output_tokens * rates.output;
	const isLong = longPrompt && promptTokens(usage) > longPrompt.above;
	return (perMillion * (isLong ? longPrompt.times : 1)) / 1_000_000;
}
