// Lines worth a second look. The text alone cannot tell a fault from a habit:
// every lead is shown as unverified, and the rules with data flow decide.
import type { Call } from "./calls.ts";
import type { Lead } from "./facts.ts";
import { canonicalName } from "./imports.ts";
import { lastPart } from "./name-roles.ts";
import type { Outline } from "./python-facts.ts";

/** Encoding or shifting the target is what one does with a target. */
const TARGET = /^(y|y_\w+|target\w*|labels?|\w*_(target|label)s?)$/i;
const HELD_OUT = /^\(\s*(x_?)?(test|val|valid|validation|holdout)(_|\b)/i;
const HELD_OUT_SET = /(^|[^a-z])(test|val|valid|validation|eval)(_|\b|set)/i;

const MOST = 40;

interface Seen {
	readonly call: Call;
	readonly canonical: string;
	readonly last: string;
	/** What the method is called on. */
	readonly receiver: string;
}

const RULES: readonly {
	readonly rule: string;
	readonly fits: (seen: Seen) => boolean;
}[] = [
	{
		rule: "fit_transform on held-out data",
		fits: ({ last, call }) =>
			last === "fit_transform" && HELD_OUT.test(call.args),
	},
	{
		rule: "negative shift",
		fits: ({ last, call }) =>
			last === "shift" && /^\(\s*(periods\s*=\s*)?-\s*\d/.test(call.args),
	},
	{
		rule: "backward fill",
		fits: ({ last, call }) =>
			/^(bfill|backfill)$/.test(last) ||
			(last === "fillna" && /["'](bfill|backfill)["']/.test(call.args)),
	},
	{
		rule: "evaluation loader with shuffle=True",
		fits: ({ last, call }) =>
			last === "DataLoader" &&
			HELD_OUT_SET.test(call.args.slice(0, 60)) &&
			/shuffle\s*=\s*True/.test(call.args),
	},
	{
		rule: "torch.load without weights_only",
		fits: ({ canonical, call }) =>
			canonical === "torch.load" &&
			!/weights_only|\*\*/.test(call.args) &&
			call.args.includes(")"),
	},
	{
		rule: "train_test_split without random_state",
		fits: ({ last, call }) =>
			last === "train_test_split" &&
			!/random_state|seed|\*\*/.test(call.args) &&
			call.args.trimEnd().endsWith(")"),
	},
];

/** `source` is the text the outline was read from. */
export function readLeads(
	{ calls, aliases }: Outline,
	source: string,
	isNotebook: boolean,
): Lead[] {
	const leads: Lead[] = [];
	const encoders = labelEncoders(source);
	const fits: Call[] = [];
	let split: Call | undefined;
	for (const call of calls) {
		const canonical = canonicalName(call.name, aliases);
		const last = lastPart(canonical);
		const receiver = call.name.slice(0, -last.length - 1);
		if (isAboutTarget(receiver, call.args, encoders)) continue;
		for (const { rule, fits } of RULES)
			if (fits({ call, canonical, last, receiver }))
				leads.push(lead(rule, call));
		if (last === "fit_transform") fits.push(call);
		if (last === "train_test_split") split ??= call;
	}
	// Cells run in any order, so "before" says nothing in a notebook.
	if (split && !isNotebook)
		for (const call of fits)
			if (call.line < split.line)
				leads.push(lead(`fit_transform before the split`, call, split));
	return leads.slice(0, MOST);
}

function isAboutTarget(
	receiver: string,
	args: string,
	encoders: ReadonlySet<string>,
): boolean {
	const first = /^\(\s*(?:\w+\[\s*["'])?(\w+)/.exec(args)?.[1] ?? "";
	return (
		encoders.has(receiver) ||
		TARGET.test(lastPart(receiver)) ||
		TARGET.test(first)
	);
}

/** Variables that hold a LabelEncoder, which exists for targets. */
function labelEncoders(source: string): Set<string> {
	if (!/Label(Encoder|Binarizer)/.test(source)) return new Set();
	const made = source.matchAll(
		/([\w.]{1,80})\s{0,9}=\s{0,9}(?:\w{1,40}\.){0,3}Label(?:Encoder|Binarizer)\(/g,
	);
	return new Set([...made].map(([, name = ""]) => name));
}

function lead(rule: string, call: Call, split?: Call): Lead {
	const args = call.args.replace(/\s+/g, " ").slice(0, 40);
	const where = split ? `; the split is at line ${split.line}` : "";
	return { line: call.line, rule, text: `${call.name}${args}${where}` };
}
