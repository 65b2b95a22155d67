import { createHash } from "node:crypto";

/** Tells whether a text is still the one that was shown. */
export const digestOf = (text: string): string =>
	createHash("sha256").update(text).digest("hex").slice(0, 16);
