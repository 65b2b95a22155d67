// Reads the configuration: the organisation's file is the base, the repository's
// own keys override it. Each is checked by itself, so that a fault names its file.
import { load, YAMLException } from "js-yaml";
import { Config, type ParsedConfig } from "./config.ts";
import { explain } from "./config-faults.ts";
import { findLines } from "./config-lines.ts";

/** undefined where there is no such file. */
export interface ConfigTexts {
	readonly own?: string | undefined;
	/** From the repository `.github` of the same owner. */
	readonly shared?: string | undefined;
}

type Given = Readonly<Record<string, unknown>>;
type Read =
	| { readonly ok: true; readonly given: Given }
	| { readonly ok: false; readonly faults: readonly string[] };

/** 64 KiB is far more than any honest configuration. */
const MAX_BYTES = 65_536;

/** Must not throw. */
export function parseConfig({ own, shared }: ConfigTexts): ParsedConfig {
	const [base, ours] = [readOne(shared), readOne(own)];
	const faults = [
		...(base.ok
			? []
			: base.faults.map((fault) => `in the organisation's file, ${fault}`)),
		...(ours.ok ? [] : ours.faults),
	];
	if (!base.ok || !ours.ok) {
		const label = labelIn(own) ?? labelIn(shared);
		return { ok: false, faults, ...(label ? { label } : {}) };
	}
	const config = Config.parse(inherit(base.given, ours.given));
	return { ok: true, config };
}

/** Read off the line, for the rest may not even be YAML. */
const labelIn = (text = ""): string | undefined =>
	/^label:[ \t]*(["']?)([^"'#\n]+)\1/m.exec(text)?.[2]?.trim();

/** Maps are merged one level deep; everything else replaces. */
function inherit(base: Given, own: Given): Given {
	const merged = Object.entries(own).map(([key, value]) => {
		const inherited = base[key];
		return [
			key,
			isMap(value) && isMap(inherited) ? { ...inherited, ...value } : value,
		];
	});
	return { ...base, ...Object.fromEntries(merged) };
}

function readOne(text = ""): Read {
	const blank = text.replace(/^\s*#.*$/gm, "").trim() === "";
	if (blank) return { ok: true, given: {} };
	if (Buffer.byteLength(text) > MAX_BYTES)
		return bad(
			`line 1: the file is larger than ${MAX_BYTES} bytes; shorten it`,
		);
	try {
		return check(text);
	} catch (error) {
		const { reason, mark } = error instanceof YAMLException ? error : {};
		return bad(
			`line ${(mark?.line ?? 0) + 1}: this is not YAML (${reason ?? "it cannot be read"}); check indentation, colons and quotes there`,
		);
	}
}

function check(text: string): Read {
	const lines = findLines(text);
	if (lines.anchor)
		return bad(
			`line ${lines.anchor}: anchors and aliases are not allowed; write the value out`,
		);
	const value = withoutNothing(load(text));
	const parsed = Config.safeParse(value);
	return parsed.success
		? { ok: true, given: value as Given }
		: { ok: false, faults: explain(parsed.error.issues, value, lines) };
}

/** A key whose values are all commented out says nothing. */
const withoutNothing = (value: unknown): unknown =>
	isMap(value)
		? Object.fromEntries(
				Object.entries(value).filter(([, inner]) => inner !== null),
			)
		: value;

const bad = (fault: string): Read => ({ ok: false, faults: [fault] });

const isMap = (value: unknown): value is Given =>
	typeof value === "object" && value !== null && !Array.isArray(value);
