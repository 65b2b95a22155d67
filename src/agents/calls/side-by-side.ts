/** Does the work for all items, at most `limit` at once; answers in the items' order. */
export async function sideBySide<T, R>(
	items: readonly T[],
	limit: number,
	work: (item: T) => Promise<R>,
): Promise<R[]> {
	const answers: R[] = [];
	const queue = items.entries();
	async function worker() {
		for (const [index, item] of queue) answers[index] = await work(item);
	}
	await Promise.all(Array.from({ length: limit }, worker));
	return answers;
}
