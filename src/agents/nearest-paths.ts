// Paths a model may have meant, so that its next call can be right.

/** The `count` likeliest paths: same name first, then shared words of the path. */
export function nearestPaths(
	paths: readonly string[],
	wanted: string,
	count = 3,
): string[] {
	const words = wordsOf(wanted);
	const name = nameOf(wanted);
	const scoreOf = (path: string) => {
		const common = wordsOf(path).filter((word) => words.includes(word));
		return common.length + (nameOf(path) === name ? words.length : 0);
	};
	return paths
		.map((path) => ({ path, score: scoreOf(path) }))
		.filter(({ score }) => score > 0)
		.sort(
			(a, b) =>
				b.score - a.score ||
				a.path.length - b.path.length ||
				(a.path < b.path ? -1 : 1),
		)
		.slice(0, count)
		.map(({ path }) => path);
}

const nameOf = (path: string) => path.toLowerCase().split("/").at(-1);

/** Without the extension, which most files of a repository share. */
const wordsOf = (path: string) =>
	path
		.toLowerCase()
		.replace(/\.[a-z0-9]+$/, "")
		.split(/[^a-z0-9]+/)
		.filter((word) => word.length > 1);
