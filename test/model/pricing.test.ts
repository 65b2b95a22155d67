import { expect, test } from "vitest";
import {
	costOf,
	modelId,
	NO_USAGE,
	readUsage,
	worstCaseOf,
} from "../../src/model/pricing.ts";
import { MODELS } from "../../src/reports/models.ts";

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
	for (const known of Object.keys(MODELS))
		expect(costOf("somebody-elses", usage)).toBeGreaterThanOrEqual(
			costOf(known, usage),
		);
});

test("a figure nobody has published counts as the dearest, in proportion to the rest", () => {
	const output = { ...NO_USAGE, outputTokens: 1_000_000 };
	expect(MODELS["claude-fable-5-2"]?.price.output).toBeUndefined();
	expect(costOf("fable", output)).toBeCloseTo(40);
});

test("a long prompt costs more where the list says so, its answer too", () => {
	const usage = (cacheReadTokens: number) => ({
		...NO_USAGE,
		cacheReadTokens,
		outputTokens: 1_000,
	});
	expect(costOf("haiku", usage(100_000))).toBeCloseTo(0.0015);
	expect(costOf("haiku", usage(100_001))).toBeCloseTo(0.0075);
	expect(costOf("opus", usage(100_001))).toBeCloseTo(0.04);
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
