import { expect, test } from "vitest";
import { buildSample } from "../../../src/local/sample/sample.ts";
import { checkRules } from "../../../src/ml/rules/check-rules.ts";

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
	"the leak planted by seed %i is found by itself, where it stands",
	async (seed) => {
		const { files, truth } = buildSample(seed);
		const hits = await checkRules(new Map(Object.entries(files)), {
			labels: [],
		});
		expect(hits).toHaveLength(1);
		const [hit] = hits;
		expect(hit).toMatchObject({
			rule: "LEAK02",
			path: truth.leak.path,
			severity: "critical",
			confidence: 92,
		});
		expect(hit?.startLine).toBeGreaterThanOrEqual(truth.leak.startLine);
		expect(hit?.endLine).toBeLessThanOrEqual(truth.leak.endLine);
		expect(hit?.message).toContain(`"${truth.names.label}"`);
		expect(files[truth.leak.path]).toContain(hit?.quote);
	},
);
