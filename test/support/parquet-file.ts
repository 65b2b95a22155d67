// Small Parquet files, written field by field: the format's thrift structures,
// one row group, plain pages. Enough to be read, and to be lied in.

type Type = "boolean" | "int64" | "double" | "string" | "date";

export interface Column {
	/** Two names: a field of a group. */
	readonly path: readonly [string] | readonly [string, string];
	readonly type: Type;
	/** Null where the column is `optional`. */
	readonly values: readonly (string | number | boolean | null)[];
	readonly optional?: boolean;
}

export interface ParquetOptions {
	readonly codec?: number;
	readonly pack?: (page: Buffer) => Buffer;
	/** What the file says of itself, where it is not true. */
	readonly lies?: { rows?: number; pageBytes?: number; pageValues?: number };
}

const PHYSICAL = { boolean: 0, date: 1, int64: 2, double: 5, string: 6 };
const CONVERTED: Partial<Record<Type, number>> = { string: 0, date: 6 };

export function parquetFile(
	columns: readonly Column[],
	{ codec = 0, pack = (page) => page, lies = {} }: ParquetOptions = {},
): Buffer {
	const count = columns[0]?.values.length ?? 0;
	const parts: Buffer[] = [Buffer.from("PAR1")];
	const size = () => parts.reduce((sum, part) => sum + part.length, 0);
	const chunks = columns.map((column) => {
		const page = pageOf(column);
		const packed = pack(page);
		const at = size();
		const header = struct([
			i32(1, 0),
			i32(2, lies.pageBytes ?? page.length),
			i32(3, packed.length),
			sub(5, [
				i32(1, lies.pageValues ?? count),
				i32(2, 0),
				i32(3, 3),
				i32(4, 3),
			]),
		]);
		parts.push(header, packed);
		return [
			i64(2, at),
			sub(3, [
				i32(1, PHYSICAL[column.type]),
				list(2, 5, [zigzag(0)]),
				list(3, 8, column.path.map(text)),
				i32(4, codec),
				i64(5, count),
				i64(6, header.length + page.length),
				i64(7, header.length + packed.length),
				i64(9, at),
			]),
		];
	});
	const footer = struct([
		i32(1, 1),
		list(2, 12, schemaOf(columns)),
		i64(3, lies.rows ?? count),
		list(4, 12, [
			struct([
				list(1, 12, chunks.map(struct)),
				i64(2, size()),
				i64(3, lies.rows ?? count),
			]),
		]),
	]);
	const length = Buffer.alloc(4);
	length.writeUInt32LE(footer.length);
	return Buffer.concat([...parts, footer, length, Buffer.from("PAR1")]);
}

function schemaOf(columns: readonly Column[]): Buffer[] {
	const tops = [...Map.groupBy(columns, ({ path }) => path[0])];
	const group = (name: string, children: number) =>
		struct([i32(3, 0), field(4, 8, text(name)), i32(5, children)]);
	const leaf = ({ path, type, optional }: Column) =>
		struct([
			i32(1, PHYSICAL[type]),
			i32(3, optional ? 1 : 0),
			field(4, 8, text(path.at(-1) ?? "")),
			...(CONVERTED[type] === undefined ? [] : [i32(6, CONVERTED[type])]),
		]);
	return [
		group("schema", tops.length),
		...tops.flatMap(([name, inside]) =>
			inside[0]?.path.length === 2
				? [group(name, inside.length), ...inside.map(leaf)]
				: inside.map(leaf),
		),
	];
}

function pageOf({ type, values, optional }: Column): Buffer {
	const present = values.filter((value) => value !== null);
	const plain =
		type === "boolean"
			? bits(present.map(Boolean))
			: Buffer.concat(present.map((value) => plainValue(type, value)));
	if (!optional) return plain;
	const packed = bits(values.map((value) => value !== null));
	const levels = Buffer.concat([varint((packed.length << 1) | 1), packed]);
	const length = Buffer.alloc(4);
	length.writeUInt32LE(levels.length);
	return Buffer.concat([length, levels, plain]);
}

function plainValue(type: Type, value: string | number | boolean): Buffer {
	if (type === "string") {
		const bytes = Buffer.from(String(value));
		const length = Buffer.alloc(4);
		length.writeUInt32LE(bytes.length);
		return Buffer.concat([length, bytes]);
	}
	const out = Buffer.alloc(type === "date" ? 4 : 8);
	if (type === "date") out.writeInt32LE(Number(value));
	else if (type === "int64") out.writeBigInt64LE(BigInt(value));
	else out.writeDoubleLE(Number(value));
	return out;
}

function bits(flags: readonly boolean[]): Buffer {
	const out = Buffer.alloc(Math.ceil(flags.length / 8));
	flags.forEach((flag, i) => {
		if (flag) out[i >> 3] = (out[i >> 3] ?? 0) | (1 << (i & 7));
	});
	return out;
}

interface Field {
	readonly id: number;
	readonly type: number;
	readonly bytes: Buffer;
}
const field = (id: number, type: number, bytes: Buffer): Field => ({
	id,
	type,
	bytes,
});
const i32 = (id: number, value: number) => field(id, 5, zigzag(value));
const i64 = (id: number, value: number) => field(id, 6, zigzag(value));
const sub = (id: number, fields: Field[]) => field(id, 12, struct(fields));
const list = (id: number, type: number, items: readonly Buffer[]) =>
	field(
		id,
		9,
		Buffer.concat([
			items.length < 15
				? Buffer.from([(items.length << 4) | type])
				: Buffer.concat([Buffer.from([0xf0 | type]), varint(items.length)]),
			...items,
		]),
	);

function struct(fields: readonly Field[]): Buffer {
	let last = 0;
	const parts = fields.map(({ id, type, bytes }) => {
		const head = Buffer.from([((id - last) << 4) | type]);
		last = id;
		return Buffer.concat([head, bytes]);
	});
	return Buffer.concat([...parts, Buffer.from([0])]);
}

const text = (value: string) => {
	const bytes = Buffer.from(value);
	return Buffer.concat([varint(bytes.length), bytes]);
};

const zigzag = (value: number) =>
	varint(value >= 0 ? value * 2 : -value * 2 - 1);

function varint(value: number): Buffer {
	const out: number[] = [];
	let left = BigInt(value);
	while (left > 127n) {
		out.push(Number(left & 127n) | 128);
		left >>= 7n;
	}
	out.push(Number(left));
	return Buffer.from(out);
}
