import fc from "fast-check";
import { marked, type Token } from "marked";
import { describe, expect, test } from "vitest";
import {
	clean,
	cleanBody,
	cleanLine,
	plainLine,
} from "../../src/views/clean.ts";

/** Everything an independent Markdown parser does not take for code. */
function shown(markdown: string): { kinds: Set<string>; text: string } {
	const kinds = new Set<string>();
	let text = "";
	marked.walkTokens(marked.lexer(markdown), (token: Token) => {
		kinds.add(token.type);
		if (token.type === "text" && !("tokens" in token && token.tokens))
			text += `${token.text}\n`;
	});
	const decoded = text.replace(/&#(\d+);/g, (_, code) =>
		String.fromCodePoint(Number(code)),
	);
	return { kinds, text: decoded.replaceAll("&amp;", "&") };
}

const pieces = [
	..."`~\\[]()!<>#@&;:|*_-=/. \n\t",
	"```",
	"~~~",
	"alice",
	"@alice",
	"#12",
	"GH-7",
	"](",
	"![x](y)",
	"[a](http://evil.example)",
	"http://evil.example/a",
	"www.evil.example",
	"<img src=x>",
	"<!-- x -->",
	"&#64;",
	"&lt;",
	"    ",
	"> ",
	"- ",
	"| a | b |",
	"|---|---|",
	"fixes #1",
	"/approve",
	"\\`",
	"\u202e",
];
const hostile = fc
	.array(fc.constantFrom(...pieces), { maxLength: 25 })
	.map((parts) => parts.join(""));

describe("text of others", () => {
	test("never mentions, refers, links, loads or carries HTML, in any mixture", () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const { kinds, text: seen } = shown(clean(text));
				for (const kind of ["link", "image", "html", "def"])
					expect(kinds).not.toContain(kind);
				expect(seen).not.toMatch(/@[a-z\d]|#\d|&#64;|GH-\d/i);
			}),
			{ numRuns: 3_000 },
		);
	});

	test("is cleaned once and for all: a second time changes nothing", () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const once = clean(text);
				expect(clean(once)).toBe(once);
			}),
			{ numRuns: 2_000 },
		);
	});

	test("leaves no fence open", () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const after = shown(`${clean(text)}\n\nsentinel`);
				expect(after.text).toContain("sentinel");
			}),
			{ numRuns: 1_000 },
		);
	});

	test("cannot smuggle a mention past two lines of backticks", () => {
		expect(clean("a ` b\n`x` @alice `")).toBe(
			"a &#96; b\n`x` @&#8203;alice &#96;",
		);
		expect(clean("\\`@alice`")).not.toContain("@alice");
		expect(clean("`\n\n@alice\n\n`")).not.toContain("@alice");
	});

	test("cannot hide a link's end in what only some parsers take for code", () => {
		const { kinds } = shown(clean("[```]([a](http://evil.example)```"));
		expect(kinds).not.toContain("link");
		expect(clean("`rows[0](x)`")).toBe("`rows[0](x)`");
	});

	test("makes no address of mail out of a command", () => {
		const { kinds } = shown(clean("/approve@-.alice, then x@_y.example"));
		expect(kinds).not.toContain("link");
	});

	test("keeps code as it was, mentions included", () => {
		const text =
			"Use `@property` here:\n\n```python\n@cached\nx = a[0](1)\n```\n";
		expect(clean(text)).toBe(text);
	});

	test("closes a fence and hides its mermaid or suggestion from GitHub", () => {
		expect(clean("```mermaid\ngraph TD")).toBe("\n```text\ngraph TD\n```\n");
		expect(clean("~~~suggestion\nx\n~~~")).toBe("\n```text\nx\n```\n");
	});

	test("is no louder than ours: headings become bold", () => {
		expect(clean("# One #\n\nTwo\n===\nThree\n---")).toBe(
			"**One**\n\nTwo\n\nThree\n\n***",
		);
	});

	test("commands nobody at the start of a line", () => {
		expect(clean("ok\n/approve it\n> /lgtm\n- /close")).not.toMatch(
			/^[\s>-]*\//m,
		);
	});

	test("loses what nobody can see", () => {
		const hidden = "a\u200b\u202e\u{E0041}\u2062b";
		expect(clean(hidden)).toBe("ab");
	});

	test("stays one line where one line is asked for", () => {
		expect(cleanLine("# One\n\n```py\nx\n```")).not.toContain("\n");
	});

	test("reads naturally in titles and commit messages", () => {
		expect(plainLine("fixes #12\nfor @alice")).toBe("fixes no. 12 for @ alice");
	});
});

describe("a whole body on its way out", () => {
	test("keeps our own links, references and marker", () => {
		const body =
			'<!-- modelwright:{"who":"@alice","kind":"x"} -->\nCloses #4, see [a](https://h/x)\n\n<details><summary>s</summary>\n\nx\n\n</details>';
		expect(cleanBody(body)).toBe(body);
	});

	test("has no mention and no image left, except in code", () => {
		expect(cleanBody("@bob ![x](y) <img src=x> `@bob`")).toBe(
			"@&#8203;bob !&#8203;[x](y) &lt;img src=x> `@bob`",
		);
	});
});
