// Calls some rule looks at by themselves, and what they say about time.

import type { PyNode } from "../node.ts";
import type { Arguments } from "./calls.ts";
import type { MethodCall } from "./methods.ts";
import { DATE } from "./names.ts";
import { NO_ROWS, type Rows } from "./rows.ts";
import { type Frame, placeOf } from "./scope.ts";

const NOTED =
	/^(shift|rolling|ewm|expanding|interpolate|bfill|backfill|fillna|merge_asof|sort_values|sort_index|resample|asfreq|set_index|roll|diff)$/;

export function noteOperation(
	frame: Frame,
	{ owner, name, args, node }: MethodCall,
): void {
	if (!owner.rows.length || !NOTED.test(name)) return;
	const place = placeOf(frame, node);
	frame.world.operations.push({
		name,
		rows: owner.rows,
		settings: args.texts,
		place,
	});
	const [first] = args.positional;
	const by =
		first?.text ?? args.named.get("by")?.text ?? first?.items?.[0]?.text;
	if (
		/^(sort_values|set_index)$/.test(name) &&
		by !== undefined &&
		DATE.test(by)
	)
		noteTime(frame, owner.rows, `${name}("${by}")`, node);
	if (/^(resample|asfreq)$/.test(name))
		noteTime(frame, owner.rows, `${name}()`, node);
	if (/^(shift|rolling|ewm|expanding)$/.test(name) && !owner.grouped)
		noteTime(frame, owner.rows, `${name}()`, node);
}

export function noteCall(
	frame: Frame,
	name: string,
	{ texts, all }: Arguments,
	node: PyNode,
): void {
	const rows = all.find((one) => one.rows.length)?.rows ?? NO_ROWS;
	const place = placeOf(frame, node);
	frame.world.operations.push({ name, rows, settings: texts, place });
}

export function noteTime(
	{ world, module }: Frame,
	rows: Rows,
	why: string,
	node: PyNode,
): void {
	const place = {
		path: module.path,
		startLine: node.line,
		endLine: node.endLine,
	};
	for (const { root } of rows)
		if (world.times.length < 10_000) world.times.push({ root, why, place });
}
