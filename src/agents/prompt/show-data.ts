import { dump } from "js-yaml";

/** Data as a model reads it best for its length. The same value gives the same text. */
export const showData = (value: unknown): string =>
	dump(JSON.parse(JSON.stringify(value)), { lineWidth: -1, noRefs: true });
