// What agents spent, with only what a test cares about spelled out.
import type { AgentSpending } from "../../src/run/spending.ts";

export const agent = (
	phase: number,
	more: Partial<AgentSpending>,
): AgentSpending => ({
	...{ phase, attempt: 1, agent: "data-sources", role: "ml-explorer" },
	...{ turns: 2, requests: 2, repeated: 0 },
	...{ promptTokens: 1_000, cachedTokens: 800, outputTokens: 50, usd: 0.25 },
	...more,
});
