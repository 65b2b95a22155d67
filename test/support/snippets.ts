// The complete Python programs in the skills.
import { SKILLS } from "../../src/skills/catalog.ts";

export const SNIPPETS = SKILLS.flatMap(({ name, body }) =>
	[...body.matchAll(/^```python\n([\s\S]*?)^```$/gm)].map((match, i) => ({
		title: `${name} ${i + 1}`,
		name,
		code: match[1] ?? "",
	})),
);
