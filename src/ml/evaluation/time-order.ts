/** As text such a time sorts by time. */
const ISO = /^\d{4}(-\d{2}(-\d{2}([T ]\d{2}(:\d{2}){1,2}(\.\d+)?Z?)?)?)?$/;

/** Whether values can be put in the order of time: numbers all of them, or ISO dates of one length. */
export function isTime(values: readonly string[]): boolean {
	if (values.every(isNumber)) return true;
	return (
		values.every((value) => ISO.test(value)) &&
		new Set(values.map(({ length }) => length)).size === 1
	);
}

/** Each value once, the earliest first. */
export function inTimeOrder(values: readonly string[]): string[] {
	const times = [...new Set(values)];
	return times.every(isNumber)
		? times.sort((a, b) => Number(a) - Number(b))
		: times.sort();
}

const isNumber = (value: string) =>
	value.trim() !== "" && Number.isFinite(Number(value));
