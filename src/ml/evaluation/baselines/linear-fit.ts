// Least squares and logistic regression with a small penalty: what a line through
// the columns knows. Both as scikit-learn has them by default (alpha = 1, C = 1).

/** One row after the other, `width` numbers each; weights begin with the intercept. */
export interface Matrix {
	readonly width: number;
	readonly values: Float64Array;
}

type Weights = Float64Array<ArrayBuffer>;

const MOST_STEPS = 100;

export const linear = (
	{ width, values }: Matrix,
	weights: Weights,
): Float64Array =>
	Float64Array.from({ length: values.length / width }, (_, row) => {
		let sum = weights[0] as number;
		for (let at = 0; at < width; at++)
			sum += (values[row * width + at] as number) * (weights[at + 1] as number);
		return sum;
	});

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function ridge(x: Matrix, y: ArrayLike<number>): Weights {
	const weights = new Float64Array(x.width + 1);
	return step(
		x,
		weights,
		() => 1,
		(row) => -(y[row] as number),
	);
}

/** Newton's method, with shorter steps where a whole one leads away. */
export function logistic(x: Matrix, y: ArrayLike<number>): Weights {
	let weights: Weights = new Float64Array(x.width + 1);
	let loss = lossOf(x, y, weights);
	for (let n = 0; n < MOST_STEPS; n++) {
		const p = linear(x, weights).map(sigmoid);
		const to = step(
			x,
			weights,
			(row) => (p[row] as number) * (1 - (p[row] as number)),
			(row) => (p[row] as number) - (y[row] as number),
		);
		let share = 1;
		let [next, least] = [to, lossOf(x, y, to)];
		while (!(least <= loss) && share > 1e-6) {
			share /= 2;
			next = weights.map((w, i) => w + share * ((to[i] as number) - w));
			least = lossOf(x, y, next);
		}
		const gained = loss - least;
		[weights, loss] = [next, least];
		if (!(gained > 1e-12 * loss)) break;
	}
	return weights;
}

function lossOf(x: Matrix, y: ArrayLike<number>, weights: Weights): number {
	let loss = weights.reduce((sum, w, i) => sum + (i ? (w * w) / 2 : 0), 0);
	for (const [row, z] of linear(x, weights).entries())
		loss +=
			Math.max(z, 0) -
			z * (y[row] as number) +
			Math.log1p(Math.exp(-Math.abs(z)));
	return loss;
}

/** One Newton step for a loss of these curvatures and slopes per row, plus half the weights' squares. */
function step(
	{ width, values }: Matrix,
	weights: Weights,
	curvature: (row: number) => number,
	slope: (row: number) => number,
): Weights {
	const size = width + 1;
	const square = new Float64Array(size * size);
	const right = new Float64Array(size);
	const cells = new Float64Array(size).fill(1);
	for (let row = 0; row * width < values.length; row++) {
		cells.set(values.subarray(row * width, (row + 1) * width), 1);
		const [bend, lean] = [curvature(row), slope(row)];
		for (let i = 0; i < size; i++) {
			const cell = cells[i] as number;
			right[i] = (right[i] as number) - lean * cell;
			const scaled = bend * cell;
			if (scaled === 0) continue;
			for (let j = 0; j <= i; j++)
				square[i * size + j] =
					(square[i * size + j] as number) + scaled * (cells[j] as number);
		}
	}
	for (let i = 1; i < size; i++) {
		square[i * size + i] = (square[i * size + i] as number) + 1;
		right[i] = (right[i] as number) - (weights[i] as number);
	}
	const move = solve(square, right);
	return weights.map((w, i) => w + (move[i] as number));
}

/** For a positive definite matrix, of which the lower half is read (Cholesky). */
function solve(square: Float64Array, right: Weights): Weights {
	const size = right.length;
	const at = (i: number, j: number) => square[i * size + j] as number;
	const found = right.slice();
	for (let i = 0; i < size; i++) {
		for (let j = 0; j <= i; j++) {
			let sum = at(i, j);
			for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k);
			square[i * size + j] =
				i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / at(j, j);
		}
		let sum = found[i] as number;
		for (let k = 0; k < i; k++) sum -= at(i, k) * (found[k] as number);
		found[i] = sum / at(i, i);
	}
	for (let i = size - 1; i >= 0; i--) {
		let sum = found[i] as number;
		for (let k = i + 1; k < size; k++) sum -= at(k, i) * (found[k] as number);
		found[i] = sum / at(i, i);
	}
	return found;
}
