// What parent and child say to each other: length-prefixed frames of bytes
// over plain pipes. No object of one side ever reaches the other.

/** Parent to child, in this order: one header frame, then one frame a file. */
export interface JobHeader {
	readonly pyodide: string;
	/** A file with a snapshot of Python that has just started. */
	readonly snapshot?: string | undefined;
	readonly files: readonly string[];
	/** Of the files: those that appear right before a command. */
	readonly later?:
		| { readonly command: number; readonly paths: readonly string[] }
		| undefined;
	readonly commands: readonly (readonly string[])[];
	readonly collect: readonly string[];
	readonly collectBytes: number;
}

/** Child to parent. The first character is the frame's kind. */
export const KINDS = {
	loaded: 1,
	started: 2,
	output: 3,
	ended: 4,
	file: 5,
	done: 6,
} as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];

/** The payload of an `ended` frame. */
export interface Ended {
	readonly exit: number;
	readonly seconds: number;
	readonly why: Why;
}

/** What ended a command, where it was not its own doing: the interpreter's memory, its break, os._exit(), or a limit. */
export const WHYS = [
	"",
	"memory",
	"crash",
	"left",
	"too much memory",
	"too many files",
	"too much time",
] as const;
export type Why = (typeof WHYS)[number];

const HEADER = 5;

export function frame(kind: number, payload: Uint8Array): Uint8Array {
	const out = new Uint8Array(HEADER + payload.length);
	out[0] = kind;
	new DataView(out.buffer).setUint32(1, payload.length);
	out.set(payload, HEADER);
	return out;
}

/** Path and content in one payload: the path ends at the first NUL byte. */
export function filePayload(path: string, content: Uint8Array): Uint8Array {
	const name = new TextEncoder().encode(`${path}\0`);
	const out = new Uint8Array(name.length + content.length);
	out.set(name);
	out.set(content, name.length);
	return out;
}

export function readFilePayload(payload: Uint8Array): {
	path: string;
	content: Uint8Array;
} {
	const end = Math.max(0, payload.indexOf(0));
	return {
		path: new TextDecoder().decode(payload.subarray(0, end)),
		content: payload.slice(end + 1),
	};
}

/**
 * Takes chunks as they come and hands out whole frames. Returns false, and
 * takes nothing more, once a frame claims more than `maxPayload` bytes.
 */
export function frameReader(
	maxPayload: number,
	take: (kind: number, payload: Uint8Array) => void,
): (chunk: Uint8Array) => boolean {
	let pending: Uint8Array[] = [];
	let size = 0;
	let wanted = HEADER;
	let broken = false;
	return (chunk) => {
		if (broken) return false;
		pending.push(chunk);
		size += chunk.length;
		if (size < wanted) return true;
		const bytes = Buffer.concat(pending, size);
		let at = 0;
		wanted = HEADER;
		while (bytes.length - at >= HEADER) {
			const length = bytes.readUInt32BE(at + 1);
			broken = length > maxPayload;
			if (broken) return false;
			wanted = HEADER + length;
			if (bytes.length - at < wanted) break;
			const payload = bytes.subarray(at + HEADER, at + wanted);
			take(bytes[at] ?? 0, new Uint8Array(payload));
			at += wanted;
			wanted = HEADER;
		}
		pending = [bytes.subarray(at)];
		size = bytes.length - at;
		return true;
	};
}
