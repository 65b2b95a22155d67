/** Where calls are told of; messages never hold bodies or tokens. */
export interface Log {
	debug(message: string): void;
	info(message: string): void;
	warn(message: string): void;
	error(message: string): void;
}

type Line = (...args: unknown[]) => void;

/** Probot's Octokit logs request bodies as a first argument; only the words pass. */
export function withoutBodies(log: Log): Record<keyof Log, Line> {
	const words =
		(level: keyof Log): Line =>
		(...args) =>
			log[level](args.filter((arg) => typeof arg === "string").join(" "));
	return {
		debug: words("debug"),
		info: words("info"),
		warn: words("warn"),
		error: words("error"),
	};
}
