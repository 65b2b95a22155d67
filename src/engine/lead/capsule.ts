// The capsule an issue names, read at the phase's commit.
import type { Capsule } from "../../reports/requirements.ts";
import { capsulePath, isSlug, parseCapsule } from "../../run/capsule.ts";
import type { Tree } from "../../workspace/tree.ts";
import { AttemptFailed } from "../failure.ts";

/** Throws an AttemptFailed that says what to correct. */
export async function readCapsule(tree: Tree, slug: string): Promise<Capsule> {
	if (!isSlug(slug))
		throw fault(
			`The issue asks for \`--capsule ${slug.slice(0, 80).replaceAll("`", "'")}\`, which names no capsule: 1 to 64 small letters, digits and hyphens were expected, the first no hyphen. Correct the issue's text; I begin again when it changes.`,
		);
	const path = capsulePath(slug);
	const next = "Correct it on the default branch, then `/retry`.";
	const paths = new Set(await tree.paths());
	const text = paths.has(path) ? await tree.text(path) : undefined;
	if (text === undefined)
		throw fault(
			`The issue asks for the capsule \`${slug}\`, and there is no readable \`${path}\` at commit \`${tree.sha.slice(0, 7)}\`. Add it on the default branch, then \`/retry\`, or take \`--capsule\` out of the issue.`,
		);
	const parsed = parseCapsule(slug, text, paths);
	if (parsed.ok) return parsed.capsule;
	const [first = "", ...others] = parsed.faults;
	const more = others.length > 0 ? ` (and ${others.length} more)` : "";
	throw fault(
		`The capsule \`${path}\` has a fault: ${first.slice(0, 250)}${more}. ${next}`,
	);
}

const fault = (message: string) =>
	new AttemptFailed({ kind: "repository", message });
