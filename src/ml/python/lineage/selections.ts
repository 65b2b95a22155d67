// Methods that leave some of the rows, or some of the columns.
import type { Arguments } from "./calls.ts";
import { contentOf, type Datum } from "./datum.ts";
import type { MethodCall } from "./methods.ts";
import { choose, covers, not } from "./rows.ts";
import { type Frame, freshId } from "./scope.ts";

export function sample(frame: Frame, { owner, name, args }: MethodCall): Datum {
	const fraction = args.named.get("frac")?.number ?? 0;
	if (name === "sample" && fraction >= 1) return contentOf(owner);
	const all = args.texts.has("n") || args.texts.has("frac") || args.all.length;
	const looks = /^(head|tail)$/.test(name);
	if (!all && !looks) return contentOf(owner);
	const id = `sample${freshId(frame)}`;
	return {
		...contentOf(owner),
		rows: choose(owner.rows, [{ id, part: "taken" }]),
	};
}

/** `df.drop(train.index)` leaves the rest of the rows; `df.drop("rate", axis=1)` all of them. */
export function drop(owner: Datum, { positional, named }: Arguments): Datum {
	const given = named.get("columns") ?? named.get("labels") ?? positional[0];
	const last = given?.index?.at(-1);
	if (given?.rows.length && last) {
		const before = given.index?.slice(0, -1) ?? [];
		const left = owner.rows.flatMap((path) => {
			const known = path.segments.length;
			return choose([path], [...before.slice(known), not(last)]);
		});
		return { ...contentOf(owner), rows: left };
	}
	const names = new Set([
		...(given?.text === undefined ? [] : [given.text]),
		...(given?.items?.flatMap(({ text }) => text ?? []) ?? []),
	]);
	return {
		...contentOf(owner),
		taints: owner.taints.filter(({ into }) => !into || !names.has(into)),
		columns: owner.columns?.filter((column) => !names.has(column)),
		lacks: names.size ? owner.lacks?.concat([...names]) : undefined,
	};
}

/** The rows of `part` as choices among the rows of the column, where they are its rows. */
export function divides(owner: Datum, part: Datum) {
	const [whole] = owner.rows;
	const [chosen] = part.rows;
	if (!whole || !chosen || part.rows.length > 1) return undefined;
	if (whole.root !== chosen.root) return undefined;
	const more = chosen.segments.slice(whole.segments.length);
	return covers(owner.rows, part.rows) && more.length ? more : undefined;
}
