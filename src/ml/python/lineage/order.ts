// Methods that look along the order of rows.
import type { Arguments } from "./calls.ts";
import { addTaints, contentOf, type Datum } from "./datum.ts";
import type { MethodCall } from "./methods.ts";
import type { TaintKind } from "./record.ts";
import type { Frame } from "./scope.ts";
import { looked } from "./taints.ts";

export function withTaint(
	frame: Frame,
	{ owner, name, args, node }: MethodCall,
	kind: TaintKind,
): Datum {
	const shown = args.positional[0] === undefined ? "" : args.node.text;
	const title = kind === "ahead" ? `${name}${shown}` : name;
	const taint = looked(frame, owner, node, title, kind);
	return { ...contentOf(owner), taints: addTaints(owner.taints, [taint]) };
}

export function orderTaint({
	owner,
	name,
	args,
}: MethodCall): TaintKind | undefined {
	const [first] = args.positional;
	const periods = first?.number ?? args.named.get("periods")?.number;
	if (/^(shift|diff|pct_change)$/.test(name))
		return periods !== undefined && periods < 0 ? "ahead" : undefined;
	if (/^(rolling|ewm|expanding)$/.test(name)) return windowKind(owner, args);
	const method = args.named.get("method")?.text;
	if (name === "fillna" && /^b(ack)?fill$/.test(method ?? ""))
		return "backfill";
	return undefined;
}

/** A window that ends before its row, or begins with rows moved down, sees the past only. */
function windowKind(owner: Datum, { named, texts }: Arguments) {
	if (texts.get("center") === "True") return "centred";
	const ends = named.get("closed")?.text === "left";
	return owner.shifted || ends ? undefined : "window";
}
