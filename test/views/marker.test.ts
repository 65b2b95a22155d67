import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	markerIdentity,
	parseMarker,
	renderMarker,
} from "../../src/views/marker.ts";

describe("a marker", () => {
	test("comes back as JSON keeps it, whatever it holds", () => {
		const data = fc.dictionary(
			fc.string().filter((key) => key !== "kind" && key !== "__proto__"),
			fc.jsonValue(),
		);
		fc.assert(
			fc.property(data, (given) => {
				const body = `${renderMarker("phase", given)}\nText.`;
				expect(parseMarker(body)).toEqual({
					kind: "phase",
					data: JSON.parse(JSON.stringify(given)),
				});
			}),
		);
	});

	test("is one HTML comment that nothing inside can end, without code spans", () => {
		const text = fc.array(
			fc.constantFrom("-->", "--", ">", "<", "`", "\n", "--!>", "a", "-"),
		);
		fc.assert(
			fc.property(text, (parts) => {
				const marker = renderMarker("x", { text: parts.join("") });
				expect(marker).toMatch(/^<!-- [^<>`\n]* -->$/);
				expect(marker.slice(4, -3)).not.toContain("--");
			}),
		);
	});

	test.each([
		["in the middle of a body", `Hello\n${renderMarker("x", {})}`],
		["in a quote", `> ${renderMarker("x", {})}`],
		["broken", '<!-- modelwright:{"kind": -->'],
		["without a kind", '<!-- modelwright:{"run":"1"} -->'],
		["of another app", '<!-- other:{"kind":"x"} -->'],
	])("%s is none", (_, body) => {
		expect(parseMarker(body)).toBeUndefined();
	});

	test("keeps its identity while state, time and cost change", () => {
		const at = (data: Record<string, unknown>) =>
			markerIdentity({ kind: "phase", data });
		const before = at({ run: "1", phase: 2, attempt: 1, usd: 1 });
		expect(at({ run: "1", phase: 2, attempt: 1, usd: 2 })).toBe(before);
		expect(at({ run: "1", phase: 2, attempt: 2, usd: 1 })).not.toBe(before);
		expect(markerIdentity({ kind: "pull", data: { run: "1" } })).not.toBe(
			at({ run: "1" }),
		);
	});
});
