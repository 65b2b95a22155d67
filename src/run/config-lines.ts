// Where in a YAML text each key and list item stands, for messages that point there.
import { EVENT_ID, type Event, getScalarValue, parseEvents } from "js-yaml";

export type Path = readonly PropertyKey[];

export interface Lines {
	/** Counted from 1: of the key or item itself, else of the nearest one around it. */
	lineOf(path: Path): number;
	/** Line of the first anchor or alias; undefined when there is none. */
	readonly anchor?: number;
}

/** Throws js-yaml's own exception on what is not YAML. */
export function findLines(text: string): Lines {
	const events = parseEvents(text, {});
	const known = new Map<string, number>();
	const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
	let at = 0;

	function visit(path: Path): void {
		const event = events[at++];
		if (event?.type === EVENT_ID.SEQUENCE)
			for (let item = 0; !ends(events[at]); item++) {
				note([...path, item]);
				visit([...path, item]);
			}
		else if (event?.type === EVENT_ID.MAPPING)
			while (!ends(events[at])) {
				const key = events[at];
				const name =
					key?.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : "";
				note([...path, name]);
				visit(path);
				visit([...path, name]);
			}
		else return;
		at++;
	}

	const note = (path: Path) => {
		const start = startOf(events[at]);
		if (start >= 0) known.set(keyOf(path), lineAt(start));
	};

	at++; // The document's own event.
	visit([]);
	const anchor = events.find(
		(event) => "anchorStart" in event && event.anchorStart >= 0,
	);
	return {
		lineOf(path) {
			for (let length = path.length; length > 0; length--) {
				const line = known.get(keyOf(path.slice(0, length)));
				if (line) return line;
			}
			return 1;
		},
		...(anchor && "anchorStart" in anchor
			? { anchor: lineAt(anchor.anchorStart) }
			: {}),
	};
}

const keyOf = (path: Path) => JSON.stringify(path.map(String));

const ends = (event: Event | undefined) =>
	event === undefined || event.type === EVENT_ID.POP;

function startOf(event: Event | undefined): number {
	if (event?.type === EVENT_ID.SCALAR) return event.valueStart;
	if (event && "start" in event) return event.start;
	return -1;
}
