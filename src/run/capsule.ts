// A capsule: a prepared task brief in the target repository. Whoever may write
// there wrote it, so it is read as strangers' text: small, plain, every key known.
import { CORE_SCHEMA, load, YAMLException } from "js-yaml";
import type { z } from "zod";
import type { Capsule } from "../reports/requirements.ts";
import { CapsuleFile } from "./capsule-file.ts";
import { findLines, type Lines } from "./config-lines.ts";

/** 64 KiB is far more than any honest brief. */
export const MOST_BYTES = 65_536;
const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** The word after `--capsule` in the issue's title or body, right or wrong; undefined without one. */
export function capsuleSlug(issue: {
	readonly title: string;
	readonly body: string;
}): string | undefined {
	for (const text of [issue.title, issue.body]) {
		const shown = text.replace(/<!--[\s\S]*?(?:-->|$)/g, "");
		const [found, word = ""] =
			/(?<![\w-])--capsule(?![\w-])[ \t=]*(\S*)/.exec(shown) ?? [];
		if (found) return word.replace(/[`"'.,;:)\]]+$/, "");
	}
	return undefined;
}

export const isSlug = (text: string) => SLUG.test(text);

export const capsulePath = (slug: string) =>
	`.phase0/capsules/${slug}/capsule.yaml`;

export type ParsedCapsule =
	| { readonly ok: true; readonly capsule: Capsule }
	/** Each names the line, the key, and what was expected there. */
	| { readonly ok: false; readonly faults: readonly string[] };

/** Must not throw. `existingPaths`: every file of the commit the capsule was read at. */
export function parseCapsule(
	slug: string,
	text: string,
	existingPaths: ReadonlySet<string>,
): ParsedCapsule {
	if (new TextEncoder().encode(text).length > MOST_BYTES)
		return bad(`it is larger than ${MOST_BYTES} bytes; shorten it`);
	try {
		const lines = findLines(text);
		if (lines.anchor)
			return bad(
				`line ${lines.anchor}: anchors and aliases are not taken; write the value out`,
			);
		const value = load(text, { schema: CORE_SCHEMA, maxAliases: 0 });
		return check(slug, value, lines, existingPaths);
	} catch (error) {
		const { reason, mark } = error instanceof YAMLException ? error : {};
		return bad(
			`line ${(mark?.line ?? 0) + 1}: this is not YAML (${reason ?? "it cannot be read"})`,
		);
	}
}

function check(
	slug: string,
	value: unknown,
	lines: Lines,
	existingPaths: ReadonlySet<string>,
): ParsedCapsule {
	const forbidden = forbiddenKey(value);
	if (forbidden)
		return bad(place(lines, forbidden, "this key is not allowed here"));
	const parsed = CapsuleFile.safeParse(value);
	if (!parsed.success)
		return {
			ok: false,
			faults: parsed.error.issues.map((issue) => inWords(issue, lines)),
		};
	const { slug: named, ...said } = parsed.data;
	if (named !== undefined && named !== slug)
		return bad(
			place(lines, ["slug"], `expected "${slug}", as its folder is named`),
		);
	const missing = said.keyFiles.filter(({ path }) => !existingPaths.has(path));
	if (missing.length > 0)
		return {
			ok: false,
			faults: missing.map(
				({ path }) =>
					`key_files: "${path}" is no file of the repository; name one that is, or leave it out`,
			),
		};
	return { ok: true, capsule: { slug, path: capsulePath(slug), ...said } };
}

/** Names that mean something to JavaScript itself are nobody's keys. */
const FORBIDDEN = ["__proto__", "constructor", "prototype"];

function forbiddenKey(
	value: unknown,
	path: readonly PropertyKey[] = [],
): readonly PropertyKey[] | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const at = [...path, Array.isArray(value) ? Number(key) : key];
		if (FORBIDDEN.includes(key)) return at;
		const found = forbiddenKey(inner, at);
		if (found) return found;
	}
	return undefined;
}

function inWords(issue: z.core.$ZodIssue, lines: Lines): string {
	if (issue.code !== "unrecognized_keys")
		return place(lines, issue.path, lowerCased(issue.message));
	const [key = ""] = issue.keys;
	return place(lines, [...issue.path, key], "this key is not known");
}

const place = (lines: Lines, path: readonly PropertyKey[], what: string) =>
	path.length === 0
		? `line 1: ${what}`
		: `line ${lines.lineOf(path)}, ${path.map(String).join(".")}: ${what}`;

const lowerCased = (text: string) =>
	text.slice(0, 1).toLowerCase() + text.slice(1);

const bad = (fault: string): ParsedCapsule => ({ ok: false, faults: [fault] });
