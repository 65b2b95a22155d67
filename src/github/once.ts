// What was written once is known by its key: the same content needs no call, and
// without a note of an earlier try there is nothing to be looked for.
import { createHash } from "node:crypto";
import { inTurn, type Memory } from "./memory.ts";

export interface Posted {
	readonly id: number;
	readonly url: string;
}

interface Remembered extends Posted {
	readonly digest: string;
}

/** Noted before the first try to create. */
export const BEGUN = { begun: true } as const;

export type Once = (
	key: string,
	content: string,
	/** `known`: what it was seen as with another content; `tried`: something may be there. */
	act: (known: Posted | undefined, tried: boolean) => Promise<Posted>,
) => Promise<Posted>;

export const makeOnce =
	(memory: Memory): Once =>
	(key, content, act) =>
		inTurn(key, async () => {
			const noted = await memory.recall(key);
			const known = seenAs(noted);
			if (known?.digest === sha256(content)) return posted(known);
			if (!noted) await memory.remember(key, BEGUN);
			const done = await act(known, noted !== undefined);
			await memory.remember(key, noteOf(done, content));
			return posted(done);
		});

/** What is noted of a thing with this content. */
export const noteOf = ({ id, url }: Posted, content: string): Remembered => ({
	...{ id, url },
	digest: sha256(content),
});

const seenAs = (noted: unknown) =>
	(noted && typeof noted === "object" && "digest" in noted
		? noted
		: undefined) as Remembered | undefined;

const posted = ({ id, url }: Posted): Posted => ({ id, url });

const sha256 = (text: string) =>
	createHash("sha256").update(text).digest("hex");
