// Fields of values, and columns of tables.
import { contentOf, type Datum, datum } from "./datum.ts";
import { importedName } from "./imports.ts";
import { isMeta } from "./names.ts";
import { type Frame, unknown } from "./scope.ts";

const SAME_ROWS = /^(loc|iloc|at|iat|ix|values|str|dt|cat|flat|data|T)$/;

export function attributeOf(frame: Frame, owner: Datum, name: string): Datum {
	const known =
		owner.attrs?.get(name) ??
		(owner.module && importedName(frame, owner.module, name));
	if (known) return known;
	if (owner.external) return datum({ external: `${owner.external}.${name}` });
	if (name === "shape")
		return datum({
			counts: owner.rows,
			items: [datum({ counts: owner.rows }), datum()],
		});
	if (name === "index" && owner.rows.length)
		return datum({ rows: owner.rows, index: segmentsOf(owner) });
	if (isMeta(name)) return datum();
	if (owner.estimator) return learnedAttribute(owner, name);
	if (owner.attrs) {
		const fresh = unknown();
		owner.attrs.set(name, fresh);
		return fresh;
	}
	if (SAME_ROWS.test(name)) {
		const single = /^(str|dt|cat)$/.test(name);
		return { ...owner, single, base: owner.base ?? owner };
	}
	if (!owner.rows.length) return unknownAttribute(owner, name);
	return columnsOf(owner, [name]);
}

/** `scaler.mean_`, `search.best_estimator_`, `model.layers`. */
function learnedAttribute(owner: Datum, name: string): Datum {
	if (
		/^(best_estimator_|model|estimator|base_estimator|best_model)$/.test(name)
	)
		return owner;
	if (/_$/.test(name))
		return datum({ aggregates: owner.estimator?.learned ?? [] });
	return datum();
}

/** A field of something unknown is remembered on it. */
function unknownAttribute(owner: Datum, name: string): Datum {
	if (owner.text !== undefined || owner.aggregates.length)
		return contentOf(owner);
	const fresh = datum({ base: owner });
	owner.attrs = new Map([[name, fresh]]);
	return fresh;
}

function segmentsOf({ rows }: Datum) {
	return rows.length === 1 ? (rows[0]?.segments ?? []) : [];
}

/** Some of the columns: what was written into the others stays behind. */
export function columnsOf(owner: Datum, columns: readonly string[]): Datum {
	return datum({
		rows: owner.rows,
		taints: owner.taints.filter(
			({ into }) => into === undefined || columns.includes(into),
		),
		aggregates: owner.aggregates,
		applied: owner.applied,
		columns,
		grouped: owner.grouped,
		base: owner.base ?? owner,
	});
}
