// A place in this process for one at a time; whoever came first is first.
let taken: Promise<void> = Promise.resolve();

/** Gives the place back; undefined when it was not free in time. */
export async function takePlace(
	milliseconds: number,
): Promise<(() => void) | undefined> {
	const before = taken;
	const { promise, resolve: leave } = Promise.withResolvers<void>();
	taken = before.then(() => promise);
	const isFree = await new Promise<boolean>((answer) => {
		const clock = setTimeout(() => answer(false), milliseconds);
		before.then(() => {
			clearTimeout(clock);
			answer(true);
		});
	});
	if (isFree) return leave;
	leave();
	return undefined;
}
