// Every page against our standard, and the standard itself against pages that fall short.
import { expect, test } from "vitest";
import { pageFaults } from "../../src/cli/skills/check/page-faults.ts";
import { parseSkill } from "../../src/skills/parse-skill.ts";
import { FOLDERS, filesOf, readFileOf } from "../../src/skills/shelf.ts";

function pagesOf(name: string) {
	const files = ["SKILL.md", ...filesOf(name)];
	const texts = new Map(files.map((file) => [file, readFileOf(name, file)]));
	return { skill: parseSkill(name, texts.get("SKILL.md") ?? ""), texts };
}

test.each(FOLDERS)("%s meets the standard", (name) => {
	expect(pageFaults(pagesOf(name))).toEqual([]);
});

test("no two skills have the same description", () => {
	const said = FOLDERS.map((name) => pagesOf(name).skill.description);
	expect(new Set(said).size).toBe(said.length);
});

const whole = pagesOf("scikit-learn");
const page = whole.texts.get("SKILL.md") ?? "";

const short = (change: (text: string) => string, extra: string[] = []) => {
	const text = change(page);
	const texts = new Map([...whole.texts, ["SKILL.md", text] as const]);
	for (const file of extra) texts.set(file, "text");
	return pageFaults({ skill: parseSkill("scikit-learn", text), texts }).join();
};

test.each([
	[
		"a missing section",
		(t: string) => t.replace("## Verify", "## End"),
		'"## Verify" is missing',
	],
	[
		"a rule that is none",
		(t: string) => t.replace("LEAK04", "LEAK99"),
		"LEAK99, which is no rule",
	],
	[
		"a tag that is none",
		(t: string) => t.replace("```python good", "```py"),
		'unknown tag "py"',
	],
	[
		"a link to nowhere",
		(t: string) => `${t}\nSee [this](nowhere.md).`,
		"links to nowhere.md",
	],
	[
		"a file that is not there",
		(t: string) => t.replace("splits.md", "spilts.md"),
		"lists references/spilts.md",
	],
	[
		"a file that is not listed",
		(t: string) => t.replace("- `references/splits.md`", "- splits"),
		"splits.md is not listed",
	],
	[
		"too much text",
		(t: string) => t + "x ".repeat(4_000),
		"characters in the body",
	],
	[
		"no trap with a rule",
		(t: string) =>
			t.replace(/## Traps[\s\S]*?## Verify/, "## Traps\n\n## Verify"),
		"no trap names a rule",
	],
])("%s is said", (_what, change, fault) => {
	expect(short(change)).toContain(fault);
});

test("what looks like a link in a program is none", () => {
	expect(short((t) => `${t}\n\`\`\`text\nf[0](x)\n\`\`\`\n`)).not.toContain(
		"links",
	);
});
