// The one table of models: what people and role files call them, what the
// service calls them, and what they cost. List prices of November 2026 in US
// dollars per million tokens, from the provider's pricing and model pages.

export interface Price {
	readonly input: number;
	readonly write5m: number;
	readonly write1h: number;
	readonly read: number;
	readonly output: number;
}

export interface ModelEntry {
	readonly alias: string;
	/** A figure that nobody has published is left out; it counts as the dearest. */
	readonly price: Partial<Price>;
	/** Prompts above so many tokens cost so many times as much. */
	readonly longPrompt?: { readonly above: number; readonly times: number };
}

export const MODELS: Readonly<Record<string, ModelEntry>> = {
	"claude-opus-5-5": {
		alias: "opus",
		price: { input: 4, write5m: 5, write1h: 8, read: 0.2, output: 20 },
	},
	"claude-sonnet-5-5": {
		alias: "sonnet",
		price: { input: 2, write5m: 2.5, write1h: 4, read: 0.1, output: 10 },
	},
	"claude-haiku-5-5": {
		alias: "haiku",
		price: {
			...{ input: 0.1, write5m: 0.125, write1h: 0.2 },
			...{ read: 0.01, output: 0.5 },
		},
		longPrompt: { above: 100_000, times: 5 },
	},
	"claude-fable-5-2": { alias: "fable", price: { input: 8, read: 0.2 } },
};

export const MODEL_ALIASES: Readonly<Record<string, string>> =
	Object.fromEntries(
		Object.entries(MODELS).map(([id, { alias }]) => [alias, id]),
	);

/** Every way to name a model of the table. */
export const MODEL_NAMES: readonly string[] = [
	...Object.keys(MODEL_ALIASES),
	...Object.keys(MODELS),
];
