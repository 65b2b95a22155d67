// The models this server knows: list prices of November 2026 in USD per
// million tokens, limits, and what the cheapest cache entry must hold.
export interface Rates {
	input: number;
	output: number;
	write5m: number;
	write1h: number;
	read: number;
}

export interface ModelCard {
	name: string;
	rates: Rates;
	/** Prompts above this many tokens cost this many times as much. */
	longPrompt?: { above: number; times: number };
	contextWindow: number;
	maxOutput: number;
	/** Shorter prefixes are not cached. For Opus 5.5 taken over from Opus 5. */
	minCacheTokens: number;
	/** Every answer of such a model begins with a thinking block. */
	alwaysThinks: boolean;
	line: string;
	released: string;
}

const LIMITS = {
	contextWindow: 1_000_000,
	maxOutput: 128_000,
	minCacheTokens: 512,
};

export const MODELS: Record<string, ModelCard> = {
	"claude-opus-5-5": {
		...LIMITS,
		name: "Claude Opus 5.5",
		rates: { input: 4, output: 20, write5m: 5, write1h: 8, read: 0.2 },
		alwaysThinks: true,
		line: "opus",
		released: "2026-09-22T00:00:00Z",
	},
	"claude-sonnet-5-5": {
		...LIMITS,
		name: "Claude Sonnet 5.5",
		rates: { input: 2, output: 10, write5m: 2.5, write1h: 4, read: 0.1 },
		alwaysThinks: false,
		line: "sonnet",
		released: "2026-09-28T00:00:00Z",
	},
	"claude-haiku-5-5": {
		...LIMITS,
		name: "Claude Haiku 5.5",
		rates: {
			input: 0.1,
			output: 0.5,
			write5m: 0.125,
			write1h: 0.2,
			read: 0.01,
		},
		longPrompt: { above: 100_000, times: 5 },
		alwaysThinks: false,
		line: "haiku",
		released: "2026-10-07T00:00:00Z",
	},
};

/** One entry as `GET /v1/models` shows it. */
export function modelInfo(id: string, card: ModelCard) {
	return {
		type: "model",
		id,
		display_name: card.name,
		created_at: card.released,
		lifecycle: "active",
		line: card.line,
		max_input_tokens: card.contextWindow,
		max_tokens: card.maxOutput,
		capabilities: null,
		deprecated_at: null,
		retires_at: null,
	};
}
