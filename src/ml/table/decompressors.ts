// Parquet's pages, unpacked into no more than they may hold: node's own
// programs take a limit, the others make what they are told to make.
import {
	brotliDecompressSync,
	gunzipSync,
	zstdDecompressSync,
} from "node:zlib";
import type { Compressors } from "hyparquet";
import { compressors } from "hyparquet-compressors";

const LARGEST_PAGE = 64 * 1_024 * 1_024;

type Unpack = (input: Uint8Array, length: number) => Uint8Array;

const NATIVE: Record<string, Unpack> = {
	GZIP: (input, length) => gunzipSync(input, { maxOutputLength: length }),
	BROTLI: (input, length) =>
		brotliDecompressSync(input, { maxOutputLength: length }),
	ZSTD: (input, length) =>
		zstdDecompressSync(input, { maxOutputLength: length }),
};

export const DECOMPRESSORS = Object.fromEntries(
	Object.entries({ ...compressors, ...NATIVE }).map(([codec, unpack]) => [
		codec,
		limited(unpack),
	]),
) as Compressors;

function limited(unpack: Unpack): Unpack {
	return (input, length) => {
		if (length > LARGEST_PAGE)
			throw new Error(`a page of ${length} bytes is larger than 64 MB`);
		return unpack(input, length);
	};
}
