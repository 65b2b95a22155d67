// The one file that a job hands over, out of its zip archive. What the archive
// says of itself is only a bound: one entry, of our name, not above a size.
import { fromBufferPromise } from "yauzl";
import { messageOf } from "../../../errors.ts";
import { JOB_RESULT } from "../../../views/onboarding/workflow.ts";

export type Result =
	| { readonly ok: true; readonly bytes: Uint8Array }
	/** In one sentence for people. */
	| { readonly ok: false; readonly why: string };

/** Must not throw. */
export async function readResult(
	zip: Uint8Array,
	mostBytes: number,
): Promise<Result> {
	try {
		return await onlyEntry(Buffer.from(zip), mostBytes);
	} catch (error) {
		return refused(`it cannot be unpacked (${messageOf(error)})`);
	}
}

async function onlyEntry(zip: Buffer, mostBytes: number): Promise<Result> {
	const archive = await fromBufferPromise(zip);
	if (archive.entryCount !== 1)
		return refused(`it holds ${archive.entryCount} files instead of one`);
	for await (const entry of archive.eachEntry()) {
		if (entry.fileName !== JOB_RESULT)
			return refused(`its file is not named ${JOB_RESULT}`);
		if (entry.uncompressedSize > mostBytes)
			return refused(`its file is larger than ${mostBytes} bytes`);
		const pieces: Uint8Array[] = [];
		// The library ends a stream that is longer than the entry says.
		for await (const piece of await archive.openReadStreamPromise(entry))
			pieces.push(piece as Uint8Array);
		return { ok: true, bytes: Buffer.concat(pieces) };
	}
	return refused("it is empty");
}

const refused = (why: string): Result => ({ ok: false, why });
