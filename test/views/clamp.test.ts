import fc from "fast-check";
import { marked, type Token } from "marked";
import { describe, expect, test } from "vitest";
import { clamp, LONGEST_BODY } from "../../src/views/clamp.ts";
import { parseMarker, renderMarker } from "../../src/views/marker.ts";

const marker = renderMarker("phase", { run: "1/2/3", phase: 4 });

const blocks = fc.array(
	fc.constantFrom(
		"A paragraph of some words.\n\n",
		"```python\nx = 1\n\ny = 2\n```\n\n",
		"````\n```\n````\n\n",
		"<details><summary>More</summary>\n\ninside\n\n</details>\n\n",
		"| a | b |\n| --- | --- |\n| 1 | 2 |\n\n",
		"🦉🦉🦉🦉🦉🦉🦉🦉🦉🦉\n",
		"a word\n",
	),
	{ minLength: 15, maxLength: 60, size: "max" },
);

describe("a body that is too long", () => {
	test("is cut within the limit, its marker kept, the cut admitted", () => {
		fc.assert(
			fc.property(
				blocks,
				fc.integer({ min: 300, max: 900 }),
				(parts, limit) => {
					const body = `${marker}\n${parts.join("")}`;
					const clamped = clamp(body, limit);
					expect(clamped.length).toBeLessThanOrEqual(limit);
					expect(parseMarker(clamped)).toEqual(parseMarker(body));
					if (body.length > limit) expect(clamped).toMatch(/cut here/);
					else expect(clamped).toBe(body);
				},
			),
		);
	});

	test("leaves nothing open: what follows is read as what it is", () => {
		fc.assert(
			fc.property(
				blocks,
				fc.integer({ min: 300, max: 900 }),
				(parts, limit) => {
					const clamped = clamp(`${marker}\n${parts.join("")}`, limit);
					const texts: string[] = [];
					const tokens = marked.lexer(`${clamped}\n\nsentinel`);
					marked.walkTokens(tokens, (token: Token) => {
						if (token.type === "text") texts.push(token.raw);
					});
					expect(texts.join("\n")).toContain("sentinel");
					const count = (tag: string) => clamped.split(tag).length;
					expect(count("</details>")).toBe(count("<details>"));
				},
			),
		);
	});

	test("never ends in half a character", () => {
		fc.assert(
			fc.property(fc.integer({ min: 100, max: 200 }), (limit) => {
				expect(clamp("🦉".repeat(400), limit).isWellFormed()).toBe(true);
			}),
		);
	});

	test("is cut at a blank line where there is one", () => {
		const body = `${"word ".repeat(30)}\n\n${"more ".repeat(30)}`;
		const clamped = clamp(body, 260);
		expect(clamped).toMatch(/word\n\n\*This text was cut/);
	});

	test("is one over sixty thousand characters", () => {
		expect(clamp("x".repeat(LONGEST_BODY))).toHaveLength(LONGEST_BODY);
		expect(clamp("x".repeat(LONGEST_BODY + 1))).toMatch(/cut here/);
	});
});
