// The names of models: what people and role files write, and what the service knows.

export const MODEL_ALIASES: Readonly<Record<string, string>> = {
	opus: "claude-opus-5-5",
	sonnet: "claude-sonnet-5-5",
	haiku: "claude-haiku-5-5",
};

/** Every way to name a model that we know the price class of. */
export const MODEL_NAMES: readonly string[] = [
	...Object.keys(MODEL_ALIASES),
	...Object.values(MODEL_ALIASES),
];
