/**
 * Says when work has taken longer than it may. Both clocks have to say so: on a
 * busy machine a second on the wall is little work, and what is read of a
 * repository should not depend on its neighbours.
 */
export function deadline(milliseconds: number): () => boolean {
	const end = performance.now() + milliseconds;
	const start = process.cpuUsage();
	return () => {
		if (performance.now() <= end) return false;
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1_000 > milliseconds;
	};
}
