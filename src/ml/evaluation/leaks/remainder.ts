type Values = readonly number[];

const dot = (a: Values, b: Values) =>
	a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

const centred = (values: Values) => {
	const mean = values.reduce((a, b) => a + b, 0) / values.length;
	return values.map((x) => x - mean);
};

/** What is left of a column is rounding: it says nothing that others did not. */
const ROUNDING = 1e-10;

/**
 * How much of a variable's variance columns leave unexplained, after each one
 * more: its least-squares residual by Gram and Schmidt, so that columns which
 * repeat each other do no harm.
 */
export function remainders(variable: Values, columns: readonly Values[]) {
	const basis: Values[] = [];
	const left = (values: Values) =>
		basis.reduce<Values>((rest, unit) => {
			const along = dot(rest, unit);
			return rest.map((x, i) => x - along * (unit[i] as number));
		}, values);
	let rest: Values = centred(variable);
	const whole = dot(rest, rest);
	return columns.map((column) => {
		const own = centred(column);
		// Twice: the first leaves what rounding brings back.
		const beyond = left(left(own));
		const size = dot(beyond, beyond);
		if (size > ROUNDING * dot(own, own)) {
			const unit = beyond.map((x) => x / Math.sqrt(size));
			basis.push(unit);
			const along = dot(rest, unit);
			rest = rest.map((x, i) => x - along * (unit[i] as number));
		}
		return dot(rest, rest) / whole;
	});
}
