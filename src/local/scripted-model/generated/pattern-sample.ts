// A text that a regular expression matches: enough of the language for the
// patterns schemas use. Look-arounds are not solved, only checked at the end.

interface Length {
	minLength?: number;
	maxLength?: number;
}

const TRIES = 500;
const ALPHABET =
	"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./ ";

/** Throws if it finds none. Different seeds tend to give different texts. */
export function samplePattern(
	pattern: string,
	seed: number,
	{ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Length = {},
): string {
	const whole = new RegExp(pattern);
	for (let i = 0; i < TRIES; i++) {
		// Later tries repeat more, until the text is long enough.
		const extra = Math.floor(i / 4);
		const text = new Sampler(pattern, seed + i, extra).sample();
		const fits = text.length >= minLength && text.length <= maxLength;
		if (fits && whole.test(text)) return text;
	}
	throw new Error(`found no text for the pattern ${pattern}`);
}

class Sampler {
	readonly #pattern: string;
	readonly #extra: number;
	#at = 0;
	#choice: number;

	constructor(pattern: string, seed: number, extra: number) {
		this.#pattern = pattern;
		this.#choice = seed;
		this.#extra = extra;
	}

	sample(): string {
		const branches: string[] = [""];
		while (this.#at < this.#pattern.length && this.#peek() !== ")") {
			if (this.#peek() === "|") {
				this.#at++;
				branches.push("");
				continue;
			}
			branches.push(`${branches.pop()}${this.#term()}`);
		}
		return this.#pick(branches);
	}

	#term(): string {
		const start = this.#at;
		const first = this.#atom();
		const end = this.#at;
		const times = this.#quantifier();
		const again = () => {
			const after = this.#at;
			this.#at = start;
			const text = this.#atom();
			this.#at = after;
			return text;
		};
		if (times === 0) return "";
		const more = end === start ? 0 : times - 1;
		return first + Array.from({ length: more }, again).join("");
	}

	#atom(): string {
		const c = this.#next();
		if (c === "^" || c === "$") return "";
		if (c === ".") return this.#pick(ALPHABET);
		if (c === "[") return this.#pick(this.#class());
		if (c === "\\") return this.#pick(escaped(this.#next()));
		return c === "(" ? this.#group() : c;
	}

	#group(): string {
		const rest = this.#pattern.slice(this.#at);
		const head = /^\?(?::|<?[=!]|<\w+>)/.exec(rest)?.[0] ?? "";
		this.#at += head.length;
		const inside = this.sample();
		this.#at++;
		return /[=!]$/.test(head) ? "" : inside;
	}

	#class(): string {
		const negated = this.#peek() === "^";
		if (negated) this.#at++;
		let members = "";
		while (this.#peek() !== "]") {
			const c = this.#next();
			const set = c === "\\" ? escaped(this.#next()) : c;
			const isRange =
				this.#peek() === "-" && this.#pattern[this.#at + 1] !== "]";
			if (!isRange) {
				members += set;
				continue;
			}
			this.#at++;
			members += range(set, this.#next());
		}
		this.#at++;
		if (!negated) return members;
		return [...ALPHABET].filter((c) => !members.includes(c)).join("");
	}

	/** How often the atom just read is to stand. */
	#quantifier(): number {
		const rest = this.#pattern.slice(this.#at);
		const [found, , from, comma, to] =
			/^([*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(rest) ?? [];
		if (found === undefined) return 1;
		this.#at += found.length;
		const bounds: Record<string, [number, number]> = {
			"*": [0, Number.POSITIVE_INFINITY],
			"+": [1, Number.POSITIVE_INFINITY],
			"?": [0, 1],
		};
		const low = Number(from);
		const high = to ? Number(to) : comma ? Number.POSITIVE_INFINITY : low;
		const [min, max] = bounds[found[0] as string] ?? [low, high];
		return Math.min(max, min + this.#extra);
	}

	#pick<T>(choices: ArrayLike<T>): T {
		const picked = choices[this.#choice % choices.length] as T;
		this.#choice = Math.floor(this.#choice / 2) + (this.#choice % 2) * 31;
		return picked;
	}

	#peek = () => this.#pattern[this.#at];
	#next = () => this.#pattern[this.#at++] ?? "";
}

function escaped(c: string): string {
	if (c === "d") return "0123456789";
	if (c === "w") return ALPHABET.slice(0, 63);
	if (c === "s") return " ";
	if (c === "b") return "";
	return c;
}

function range(from: string, to: string): string {
	const first = from.charCodeAt(0);
	const length = to.charCodeAt(0) - first + 1;
	return String.fromCharCode(...Array.from({ length }, (_, i) => first + i));
}
