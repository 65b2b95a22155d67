// Work side by side that ends together: what fails first must not leave agents
// behind that go on spending for a phase that is over.

type Ended<T extends readonly unknown[]> = {
	-readonly [K in keyof T]: Awaited<T[K]>;
};

/** Of several failures the first in the order given is thrown. */
export async function together<T extends readonly unknown[]>(
	...work: T
): Promise<Ended<T>> {
	await Promise.allSettled(work);
	return Promise.all(work);
}
