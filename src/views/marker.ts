// The hidden line that lets us know our own comments again. It carries state for
// display and recovery, never authority: anybody who can edit may forge it.

export interface Marker {
	readonly kind: string;
	readonly data: Readonly<Record<string, unknown>>;
}

const SHAPE = /^<!-- modelwright:(\{.*\}) -->/;

/** One line. `data` comes back from parseMarker as JSON would keep it. */
export function renderMarker(
	kind: string,
	data: Readonly<Record<string, unknown>>,
): string {
	const json = JSON.stringify({ ...data, kind })
		.replaceAll("<", "\\u003c")
		.replaceAll(">", "\\u003e")
		.replaceAll("--", "-\\u002d")
		.replaceAll("`", "\\u0060");
	return `<!-- modelwright:${json} -->`;
}

/** The marker a body begins with. Must not throw: a body is anybody's text. */
export function parseMarker(body: string): Marker | undefined {
	const json = SHAPE.exec(body.split("\n", 1)[0] ?? "")?.[1];
	if (json === undefined) return undefined;
	try {
		const { kind, ...data } = JSON.parse(json);
		return typeof kind === "string" ? { kind, data } : undefined;
	} catch {
		return undefined;
	}
}

/** What two markers share when they mark the same comment at different times. */
export function markerIdentity({ kind, data }: Marker): string {
	const { run, phase, attempt, key } = data;
	return JSON.stringify([kind, run, phase, attempt, key]);
}

/** Of the marker that a body begins with; undefined without one. */
export function identityOf(body: string): string | undefined {
	const marker = parseMarker(body);
	return marker && markerIdentity(marker);
}
