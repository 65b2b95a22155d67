// What a commit must not hold: this process's own secrets, the token shapes that
// comments lose, and what secretlint knows besides.
import { holdsSecret, shapesIn } from "./redact.ts";

const PRESET = "@secretlint/secretlint-rule-preset-recommend";

/** Passwords in addresses are mostly examples, and often there before us. */
const LEFT_OUT = /database-connection-string|basicauth/;

/** In words that show no secret; empty when there is none. `secrets`: exact values this process holds. */
export async function secretFaults(
	text: string,
	secrets: readonly string[] = [],
): Promise<string[]> {
	const own = holdsSecret(text, secrets)
		? ["it holds a secret of this server"]
		: [];
	const shapes = shapesIn(text);
	const named = shapes.length > 0 ? shapes : await lint(text);
	return [...own, ...named.map((name) => `it holds what looks like a ${name}`)];
}

async function lint(text: string): Promise<string[]> {
	// Loaded with the first change of code: a server starts without it.
	const [{ lintSource }, { creator }] = await Promise.all([
		import("@secretlint/core"),
		import("@secretlint/secretlint-rule-preset-recommend"),
	]);
	const { messages } = await lintSource({
		source: {
			filePath: "/file",
			content: text,
			ext: "",
			contentType: "text",
		},
		options: {
			config: { rules: [{ id: PRESET, rule: creator }] },
			maskSecrets: true,
			noPhysicFilePath: true,
		},
	});
	const kinds = messages
		.filter(({ ruleId }) => !LEFT_OUT.test(ruleId))
		.map(({ ruleId }) => ruleId.replace(/^.*secretlint-rule-/, ""));
	return [...new Set(kinds)].map((kind) => `secret (${kind})`);
}
