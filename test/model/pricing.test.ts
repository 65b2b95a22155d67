import { expect, test } from "vitest";
import {
	costOf,
	modelId,
	NO_USAGE,
	readUsage,
	worstCaseOf,
} from "../../src/model/pricing.ts";

test("each kind of token has its own price", () => {
	const million = 1_000_000;
	const usage = {
		inputTokens: million,
		cacheWrite5mTokens: million,
		cacheWrite1hTokens: million,
		cacheReadTokens: million,
		outputTokens: million,
	};
	expect(costOf("claude-opus-5-5", usage)).toBeCloseTo(4 + 5 + 8 + 0.2 + 20);
	expect(costOf("opus", usage)).toBe(costOf("claude-opus-5-5", usage));
	expect(costOf("claude-sonnet-5-5", NO_USAGE)).toBe(0);
});

test("a model without a known price counts as the dearest", () => {
	const usage = { ...NO_USAGE, outputTokens: 1_000 };
	expect(costOf("somebody-elses", usage)).toBe(costOf("opus", usage));
});

test("no answer within the limits can cost more than its reservation", () => {
	const promptChars = 90_000;
	const dearest = {
		...NO_USAGE,
		cacheWrite1hTokens: promptChars / 3.2,
		outputTokens: 8_000,
	};
	expect(worstCaseOf("opus", promptChars, 8_000)).toBeGreaterThan(
		costOf("opus", dearest),
	);
});

test("one hour writes are told from five minute writes, and gaps count as zero", () => {
	expect(
		readUsage({
			input_tokens: 3,
			cache_creation_input_tokens: 10,
			cache_creation: {
				ephemeral_1h_input_tokens: 8,
				ephemeral_5m_input_tokens: 2,
			},
			output_tokens: 5,
		}),
	).toEqual({
		inputTokens: 3,
		cacheWrite5mTokens: 2,
		cacheWrite1hTokens: 8,
		cacheReadTokens: 0,
		outputTokens: 5,
	});
});

test("short names stand for pinned models", () => {
	expect(modelId("opus")).toBe("claude-opus-5-5");
	expect(modelId("claude-opus-5-5")).toBe("claude-opus-5-5");
});
