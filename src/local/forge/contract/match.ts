import type { OperationId } from "../operations.ts";
import type { DescribedOperation, RestDocument } from "./contract.ts";

export interface Match {
	id: OperationId;
	/** The path's parameters, decoded. */
	params: Record<string, string>;
}

/** These may hold slashes, written as they are or as %2F. */
const LONG = new Set(["path", "ref", "basehead", "branch"]);

interface Row {
	method: string;
	pattern: RegExp;
	names: string[];
	literal: number;
	operation: DescribedOperation;
}

function createRow(
	method: string,
	path: string,
	operation: DescribedOperation,
): Row {
	const names: string[] = [];
	const pattern = path.replaceAll(/\/\{(\w+)\}/g, (_, name: string) => {
		names.push(name);
		// GitHub takes the name of a workflow's file for its number.
		if (name === "workflow_id") return "/([^/]+)";
		if (name.endsWith("_id") || name.endsWith("_number")) return "/(\\d+)";
		// Without a path it is the repository's own folder.
		if (name === "path") return "(?:/(.*))?";
		return LONG.has(name) ? "/(.*)" : "/([^/]+)";
	});
	return {
		method: method.toUpperCase(),
		pattern: new RegExp(`^${pattern}$`),
		names,
		literal: path.replaceAll(/\{\w+\}/g, "").length,
		operation,
	};
}

export function createMatcher(document: RestDocument): {
	match(method: string, path: string): Match | null;
	operation(id: OperationId): DescribedOperation;
} {
	const rows = Object.entries(document.paths)
		.flatMap(([path, item]) =>
			Object.entries(item).map(([method, operation]) =>
				createRow(method, path, operation),
			),
		)
		// The most literal path first: "commits/{ref}/check-runs" is not a ref.
		.sort((a, b) => b.literal - a.literal);
	const byId = new Map(rows.map((row) => [row.operation.operationId, row]));

	return {
		match(method, path) {
			for (const row of rows) {
				const found = row.method === method ? row.pattern.exec(path) : null;
				if (!found) continue;
				const params = row.names.map((name, index) => [
					name,
					decodeURIComponent(found[index + 1] ?? ""),
				]);
				return {
					id: row.operation.operationId,
					params: Object.fromEntries(params),
				};
			}
			return null;
		},
		operation(id) {
			const row = byId.get(id);
			if (!row) throw new Error(`The cut does not describe ${id}.`);
			return row.operation;
		},
	};
}
