/** Year first, so that the parts come in the order of their size; as some write them without zeros. */
const DATE =
	/^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ](\d{1,2})(?::(\d{2}))?(?::(\d{2}(?:\.\d+)?))?Z?)?)?)?$/;

/** Whether values can be put in the order of time: numbers all of them, or dates that begin with the year and are equally exact. */
export function isTime(values: readonly string[]): boolean {
	if (values.every(isNumber)) return true;
	return (
		values.every((value) => DATE.test(value)) &&
		new Set(values.map((value) => partsOf(value).length)).size === 1
	);
}

/** Each value once, the earliest first. */
export function inTimeOrder(values: readonly string[]): string[] {
	const times = [...new Set(values)];
	if (times.every(isNumber)) return times.sort((a, b) => Number(a) - Number(b));
	const keys = new Map(times.map((time) => [time, keyOf(time)]));
	const key = (time: string) => keys.get(time) as string;
	return times.sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
}

const isNumber = (value: string) =>
	value.trim() !== "" && Number.isFinite(Number(value));

const partsOf = (value: string): string[] =>
	(DATE.exec(value)?.slice(1) ?? []).filter((part) => part !== undefined);

/** As text it sorts by time. */
const keyOf = (value: string): string =>
	partsOf(value)
		.map((part) => part.replace(/^\d(?!\d)/, "0$&"))
		.join(" ") || value;
