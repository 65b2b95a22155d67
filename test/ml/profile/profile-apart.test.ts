import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findTables } from "../../../src/ml/profile/find-tables.ts";
import { profileApart } from "../../../src/ml/profile/profile-apart.ts";
import { profileFile } from "../../../src/ml/profile/profile-file.ts";
import { readParquet } from "../../../src/ml/table/read-parquet.ts";
import { DataProfile } from "../../../src/reports/data.ts";
import {
	type Column,
	type ParquetOptions,
	parquetFile,
} from "../../support/parquet-file.ts";

const CUSTOMERS: readonly Column[] = [
	{ path: ["customer_id"], type: "int64", values: [1, 2, 3, 3] },
	{
		path: ["income"],
		type: "double",
		values: [1.5, null, 2.5, 2.5],
		optional: true,
	},
	{ path: ["since"], type: "date", values: [19_723, 19_724, 19_725, 19_725] },
	{ path: ["active"], type: "boolean", values: [true, false, true, true] },
	{
		path: ["address", "city"],
		type: "string",
		values: ["Ulm", "Bonn", "Ulm", "Ulm"],
	},
	{
		path: ["address", "zip"],
		type: "int64",
		values: [89073, 53111, 89073, 89073],
	},
	{ path: ["churned"], type: "int64", values: [0, 1, 0, 0] },
];

async function profile(options?: ParquetOptions) {
	const result = await profileFile(
		"data/c.parquet",
		parquetFile(CUSTOMERS, options),
	);
	if ("fault" in result) throw new Error(result.fault);
	expect(DataProfile.parse(result)).toEqual(result);
	return result;
}

const fault = async (bytes: Uint8Array) => {
	const result = await profileFile("x.parquet", bytes);
	return "fault" in result ? result.fault : "no fault";
};

describe("a Parquet file", () => {
	test("is profiled as the same table in text would be", async () => {
		const result = await profile();
		expect(result).toMatchObject({
			path: "data/c.parquet",
			format: "parquet",
			rows: 4,
			totalRows: 4,
			truncated: false,
			duplicateRows: 1,
			classBalance: [
				{
					column: "churned",
					shares: [
						{ value: "0", share: 0.75 },
						{ value: "1", share: 0.25 },
					],
				},
			],
			groupRepeats: [{ column: "customer_id", groups: 3, largest: 2 }],
		});
		const columns = result.columns.map(({ name, type, missing, min, max }) =>
			[name, type, missing, min, max].filter((it) => it !== undefined),
		);
		expect(columns).toEqual([
			["customer_id", "integer", 0, "1", "3"],
			["income", "number", 0.25, "1.5", "2.5"],
			["since", "date", 0, "2024-01-01", "2024-01-03"],
			["active", "boolean", 0],
			["address", "category", 0],
			["churned", "integer", 0, "0", "1"],
		]);
		expect(result.columns[4]?.top[0]).toEqual({
			value: '{"city":"Ulm","zip":"89073"}',
			count: 3,
		});
	});

	test.each([
		["gzip", 2, gzipSync],
		["zstd", 6, zstdCompressSync],
	])("may be packed with %s", async (_name, codec, pack) => {
		expect(await profile({ codec, pack })).toMatchObject({ rows: 4 });
	});

	test("is found among the tables", () => {
		expect(findTables(["a.py", "data/x.parquet", "b.csv"])).toEqual([
			"data/x.parquet",
			"b.csv",
		]);
	});

	test("is read in part when it is long", async () => {
		const values = Array.from({ length: 30_000 }, (_, i) => i);
		const bytes = parquetFile([{ path: ["x"], type: "int64", values }]);
		const table = await readParquet("x.parquet", bytes);
		expect(table).toMatchObject({ truncated: true, totalRows: 30_000 });
		expect(table.rows).toHaveLength(20_000);
	});
});

test("a large text is profiled without holding up anybody", async () => {
	const rows = Array.from(
		{ length: 60_000 },
		(_, i) => `${i},a text of ${i % 7}`,
	);
	const bytes = Buffer.from(`id,text\n${rows.join("\n")}\n`);
	let ticks = 0;
	const clock = setInterval(() => ticks++, 5);
	const result = await profileFile("data/large.csv", bytes);
	clearInterval(clock);
	expect(result).toMatchObject({ format: "csv", rows: 60_000 });
	expect(ticks).toBeGreaterThan(5);
});

describe("a hostile Parquet file", () => {
	test.each([
		["", "may be cut off"],
		["PAR1 and no more than that PAR1", "larger than 8 MB"],
		["version https://git-lfs.github.com/spec/v1\noid x\n", "Git LFS"],
	])("%j is a fault in words", async (text, why) => {
		expect(await fault(Buffer.from(text))).toContain(why);
	});

	test("cannot fill the memory by what it says of itself", async () => {
		const bomb = parquetFile(CUSTOMERS, {
			codec: 2,
			pack: () => gzipSync(Buffer.alloc(100)),
			lies: { pageBytes: 200_000_000 },
		});
		expect(await fault(bomb)).toContain("larger than 64 MB");
		const small = parquetFile(CUSTOMERS, {
			codec: 2,
			pack: () => gzipSync(Buffer.alloc(1_000_000)),
		});
		expect(await fault(small)).toContain("cannot be profiled");
	});

	test("ends when its time or its memory is over", async () => {
		const bytes = parquetFile(CUSTOMERS, {
			lies: { rows: 2_000_000_000, pageValues: 2_000_000_000 },
		});
		const small = { milliseconds: 5_000, megabytes: 64 };
		const large = await profileApart("x.parquet", bytes, small);
		expect(large).toHaveProperty("fault");
		const short = { milliseconds: 1, megabytes: 64 };
		expect(await profileApart("x.parquet", bytes, short)).toEqual({
			path: "x.parquet",
			fault: "x.parquet cannot be profiled: it takes longer than 1 ms",
		});
	});

	test("is never read while another is; who waits too long is told", async () => {
		const greedy = parquetFile(CUSTOMERS, {
			lies: { rows: 2_000_000_000, pageValues: 2_000_000_000 },
		});
		const bytes = parquetFile(CUSTOMERS);
		const order: string[] = [];
		const profile = async (name: string, content: Buffer, ms: number) => {
			const limits = { milliseconds: ms, megabytes: 64 };
			const result = await profileApart(name, content, limits);
			order.push(name);
			return "fault" in result ? result.fault : "a profile";
		};
		const results = await Promise.all([
			profile("greedy.parquet", greedy, 5_000),
			profile("waits.parquet", bytes, 10_000),
			profile("hurries.parquet", bytes, 1),
		]);
		expect(results[1]).toBe("a profile");
		expect(results[2]).toContain("other tables are being read");
		expect(order).toEqual([
			"hurries.parquet",
			"greedy.parquet",
			"waits.parquet",
		]);
	});

	test("whichever of its bytes are wrong, is a table or a fault", async () => {
		const good = parquetFile(CUSTOMERS);
		const wrong = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), {
			minLength: 1,
			maxLength: 4,
		});
		await fc.assert(
			fc.asyncProperty(wrong, async (changes) => {
				const bytes = Buffer.from(good);
				for (const [at, value] of changes) bytes[at] = value;
				const result = await profileFile("x.parquet", bytes);
				expect("fault" in result || result.columns.length > 0).toBe(true);
			}),
			{ numRuns: 3 },
		);
	});
});
