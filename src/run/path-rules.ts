// What a repository's configuration says about files: which agents may see, and
// where their change sets may write. It only ever takes away from the fixed policy.
import type { Config } from "./config.ts";
import { globMatcher } from "./glob-match.ts";

export type PathRules = Config["paths"];

export const isHidden = matching("read_deny");

/** What people approved and how it was decided is told by us alone. */
const OUR_DOCUMENTS =
	/^(?:docs\/ml\/issue-\d+-(?:design\.md|metrics\.json)|MODEL_CARD\.md)$/i;

/** Why a change set must not write this path, in words; undefined when it may. */
export function writeFault(path: string, rules: PathRules): string | undefined {
	if (OUR_DOCUMENTS.test(path))
		return `"${path}" is written by Modelwright itself, from the reports and decisions`;
	if (isHidden(rules)(path)) return `"${path}" is ${named("read_deny")}`;
	if (matching("write_deny")(rules)(path))
		return `"${path}" is ${named("write_deny")}`;
	if (rules.write_allow.length > 0 && !matching("write_allow")(rules)(path))
		return `"${path}" is outside ${rules.write_allow.join(", ")}, the only places that \`paths.write_allow\` of .github/modelwright.yml leaves to agents`;
	return undefined;
}

const named = (key: keyof PathRules) =>
	`left to people by \`paths.${key}\` of .github/modelwright.yml`;

/** Every path that a change set names. */
export const writtenPaths = (change: {
	readonly files: readonly { readonly path: string }[];
	readonly replacements: readonly { readonly path: string }[];
	readonly deletions?: readonly string[] | undefined;
}): string[] => {
	const written = [...change.files, ...change.replacements];
	const paths = [
		...written.map(({ path }) => path),
		...(change.deletions ?? []),
	];
	return [...new Set(paths)];
};

function matching(key: keyof PathRules) {
	return (rules: PathRules) => {
		const matchers = rules[key].map((pattern) =>
			globMatcher(pattern, { below: true }),
		);
		return (path: string) =>
			matchers.some((matcher) => matcher.ok && matcher.matches(path));
	};
}
