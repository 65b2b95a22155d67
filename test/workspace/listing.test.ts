import { describe, expect, it } from "vitest";
import { judgeEntries, readEntries } from "../../src/workspace/listing.ts";

const readListing = (output: string) => judgeEntries(readEntries(output));

const entry = (path: string, size = "10", mode = "100644") =>
	`${mode} blob ${"a".repeat(40)} ${size.padStart(7)}\t${path}\0`;

describe("the listing of a commit", () => {
	it("keeps regular files in order and names what is absent", () => {
		const output =
			entry("b.py") +
			entry("a b.py", "3") +
			entry("big.bin", String(21 * 1_024 * 1_024)) +
			entry("link", "4", "120000");
		expect(readListing(output)).toEqual({
			ok: true,
			listing: {
				files: [
					{ path: "a b.py", bytes: 3 },
					{ path: "b.py", bytes: 10 },
				],
				absent: [
					{ path: "big.bin", why: "larger than 20 MB" },
					{ path: "link", why: "symbolic link" },
				],
			},
		});
	});

	it.each([
		["../up.py", "leaves its folder"],
		["a/../../b", "leaves its folder"],
		["/etc/passwd", "leaves its folder"],
		["a//b", "leaves its folder"],
		[".git/config", "folder named .git"],
		["x/.Git/hooks/run", "folder named .git"],
		["new\nline", "control characters"],
		["not-utf8-\uFFFD", "not UTF-8"],
		["a/".repeat(3_000), "longer than"],
	])("refuses the path %j", (path, why) => {
		const judged = readListing(entry("good.py") + entry(path));
		expect(judged).toMatchObject({
			ok: false,
			message: expect.stringContaining(why),
		});
	});

	it("refuses too many entries and too many bytes", () => {
		expect(readListing(entry("a").repeat(100_001)).ok).toBe(false);
		const large = entry("a", String(20 * 1_024 * 1_024)).repeat(103);
		expect(readListing(large)).toMatchObject({
			ok: false,
			message: expect.stringContaining("2 GiB"),
		});
	});
});
