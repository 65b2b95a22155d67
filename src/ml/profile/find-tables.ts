import { formatOf, isParquet } from "../table/table.ts";

const MOST_TABLES = 5;
const TEST_PLACE = /(^|\/)(tests?|fixtures?|testdata|__tests__|examples?)\//i;

/**
 * The files worth a data profile, the likeliest first: tables outside of
 * tests and fixtures (those only when there is nothing else), `data/` before
 * other places, near the root before deep down.
 */
export function findTables(paths: readonly string[]): string[] {
	const tables = paths.filter(isTable);
	const real = tables.filter((path) => !TEST_PLACE.test(path));
	return (real.length ? real : tables)
		.toSorted(
			(a, b) =>
				Number(isDataPlace(b)) - Number(isDataPlace(a)) ||
				a.split("/").length - b.split("/").length ||
				(a < b ? -1 : 1),
		)
		.slice(0, MOST_TABLES);
}

function isDataPlace(path: string): boolean {
	return /(^|\/)(data|datasets?)\//i.test(path);
}

const isTable = (path: string) =>
	formatOf(path) !== undefined || isParquet(path);
