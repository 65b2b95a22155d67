// Matches repository paths against a pattern, in time linear in both: pattern
// and paths come from strangers. `*` and `?` stay within a folder, `**` crosses
// folders, `{a,b}` gives alternatives, `[abc]` one of some characters. A
// pattern without a slash matches names in every folder. Where a folder stands
// for what lies below it, only a last `*` still means the folder's own files.

const MOST_ALTERNATIVES = 64;

export type Matcher =
	| { readonly ok: true; readonly matches: (path: string) => boolean }
	| { readonly ok: false; readonly why: string };

export function globMatcher(
	pattern: string,
	{ below = false }: { readonly below?: boolean } = {},
): Matcher {
	const plain = pattern.replace(/^(\.?\/)+/, "");
	const anchored = pattern.includes("/") ? plain : `**/${plain}`;
	const whole = anchored.endsWith("/") ? `${anchored}**` : anchored;
	const alternatives = expand(whole);
	if (!alternatives)
		return {
			ok: false,
			why: `more than ${MOST_ALTERNATIVES} alternatives in {…}; use a simpler pattern`,
		};
	const all = alternatives.map((one) => {
		const segments = one.split("/");
		if (below && segments.at(-1) !== "*") segments.push("**");
		return segments.map(compile);
	});
	return {
		ok: true,
		matches: (path) => {
			const parts = path.split("/");
			return all.some((segments) => matchParts(segments, parts));
		},
	};
}

/** "a{b,c}d" to ["abd", "acd"]; undefined when there are too many. */
function expand(pattern: string): string[] | undefined {
	const open = pattern.indexOf("{");
	const close = open < 0 ? -1 : closing(pattern, open);
	if (close < 0) return [pattern];
	const out: string[] = [];
	for (const choice of choices(pattern.slice(open + 1, close))) {
		const rest = expand(
			pattern.slice(0, open) + choice + pattern.slice(close + 1),
		);
		if (!rest || out.length + rest.length > MOST_ALTERNATIVES) return undefined;
		out.push(...rest);
	}
	return out;
}

function closing(pattern: string, open: number): number {
	let depth = 0;
	for (let at = open; at < pattern.length; at++) {
		if (pattern[at] === "{") depth++;
		else if (pattern[at] === "}" && --depth === 0) return at;
	}
	return -1;
}

function choices(inside: string): string[] {
	const out = [""];
	let depth = 0;
	for (const char of inside) {
		if (char === "{") depth++;
		else if (char === "}") depth--;
		if (char === "," && depth === 0) out.push("");
		else out[out.length - 1] += char;
	}
	return out;
}

type Unit = "*" | ((char: string) => boolean);
type Segment = "**" | readonly Unit[];

function compile(text: string): Segment {
	if (text === "**") return "**";
	const units: Unit[] = [];
	const chars = [...text];
	for (let at = 0; at < chars.length; at++) {
		const char = chars[at] ?? "";
		const end = char === "[" ? chars.indexOf("]", at + 2) : -1;
		if (char === "*") {
			if (units.at(-1) !== "*") units.push("*");
		} else if (char === "?") units.push(() => true);
		else if (end > 0) {
			units.push(oneOf(chars.slice(at + 1, end)));
			at = end;
		} else units.push((one) => one === char);
	}
	return units;
}

function oneOf(inside: string[]): (char: string) => boolean {
	const negated = inside[0] === "!" || inside[0] === "^";
	const chars = negated ? inside.slice(1) : inside;
	const allowed = (char: string) =>
		chars.some(
			(one, at) =>
				one === char ||
				(chars[at + 1] === "-" &&
					chars[at + 2] !== undefined &&
					one <= char &&
					char <= (chars[at + 2] ?? "")),
		);
	return (char) => allowed(char) !== negated;
}

const matchParts = (pattern: readonly Segment[], parts: readonly string[]) =>
	greedy(pattern, parts, "**", (segment, part) =>
		greedy(segment as readonly Unit[], [...part], "*", (unit, char) =>
			(unit as (char: string) => boolean)(char),
		),
	);

/** Wildcard matching that only ever goes back to the last star it passed. */
function greedy<P, T>(
	pattern: readonly P[],
	target: readonly T[],
	star: P,
	fits: (unit: P, one: T) => boolean,
): boolean {
	let p = 0;
	let t = 0;
	let starAt = -1;
	let resume = 0;
	while (t < target.length) {
		const unit = pattern[p];
		const one = target[t] as T;
		if (p < pattern.length && unit === star) {
			starAt = p++;
			resume = t;
		} else if (p < pattern.length && fits(unit as P, one)) {
			p++;
			t++;
		} else if (starAt >= 0) {
			p = starAt + 1;
			t = ++resume;
		} else return false;
	}
	while (pattern[p] === star) p++;
	return p === pattern.length;
}
