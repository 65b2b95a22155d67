import { readFileSync } from "node:fs";
import type { OperationId } from "../operations.ts";
import { createCompleter } from "./complete.ts";
import { createMatcher, type Match } from "./match.ts";
import { createSchemas, type Schema } from "./schema.ts";

/** GitHub's own word on what may be asked, answered and sent. */
export interface Contract {
	/** Null: the forge serves no such operation. */
	match(method: string, path: string): Match | null;
	/** What the request says that GitHub does not understand. */
	requestFaults(
		id: OperationId,
		query: URLSearchParams,
		body: unknown,
	): string[];
	completeAnswer(id: OperationId, status: number, body: unknown): unknown;
	/** `body` undefined means an answer without one. */
	answerFaults(id: OperationId, status: number, body: unknown): string[];
	/** `webhook` is GitHub's name for the schema: "issues-opened", "push". */
	completePayload(webhook: string, payload: unknown): unknown;
	payloadFaults(webhook: string, payload: unknown): string[];
}

interface Media {
	content?: Record<string, { schema?: Schema }>;
}

export interface DescribedOperation {
	operationId: OperationId;
	parameters?: Parameter[];
	requestBody?: Media & { required?: boolean };
	responses: Record<string, Media>;
}

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Schema;
}

export interface RestDocument {
	paths: Record<string, Record<string, DescribedOperation>>;
}

interface WebhooksDocument {
	webhooks: Record<string, Schema>;
}

function readSpec<T>(name: string): T {
	return JSON.parse(
		readFileSync(new URL(`../spec/${name}`, import.meta.url), "utf8"),
	);
}

function readSchemas() {
	const rest = createSchemas(readSpec<RestDocument>("github-cut.json"));
	const hooks = createSchemas(readSpec<WebhooksDocument>("webhooks-cut.json"));
	return { rest, hooks };
}

// Compiled schemas are worth sharing: many forges may live in one process.
let shared: ReturnType<typeof readSchemas> | undefined;

/** `origin` is asked for when an address has to be made up. */
export function loadContract(origin: () => string): Contract {
	shared ??= readSchemas();
	const { rest, hooks } = shared;
	const completeRest = createCompleter(rest, origin);
	const completeHook = createCompleter(hooks, origin);
	const matcher = createMatcher(rest.document);

	function jsonSchema(media: Media | undefined): Schema | undefined {
		return media && rest.follow(media).content?.["application/json"]?.schema;
	}

	function answerSchema(id: OperationId, status: number): Schema | undefined {
		return jsonSchema(matcher.operation(id).responses[status]);
	}

	function bodyFaults(operation: DescribedOperation, body: unknown): string[] {
		const schema = jsonSchema(operation.requestBody);
		if (body === undefined)
			return operation.requestBody?.required ? ["a body is required"] : [];
		if (!schema) return ["this operation takes no body"];
		const faults = rest.faults(schema, body);
		const known = fieldNames(schema);
		if (known.size > 0 && typeof body === "object" && !Array.isArray(body))
			for (const name of Object.keys(body ?? {}))
				if (!known.has(name)) faults.push(`/ has no property ${name}`);
		return faults;
	}

	function fieldNames(schema: Schema): Set<string> {
		const followed = rest.follow(schema);
		const parts = [followed.anyOf, followed.allOf]
			.flatMap((several) => several ?? [])
			.flatMap((part) => [...fieldNames(part)]);
		return new Set([...Object.keys(followed.properties ?? {}), ...parts]);
	}

	function queryFaults(
		operation: DescribedOperation,
		query: URLSearchParams,
	): string[] {
		const known = (operation.parameters ?? [])
			.map((parameter) => rest.follow(parameter))
			.filter((parameter) => parameter.in === "query");
		const faults = [...query.keys()]
			.filter((name) => !known.some((parameter) => parameter.name === name))
			.map((name) => `there is no query parameter ${name}`);
		for (const { name, required, schema } of known) {
			const text = query.get(name);
			if (text === null) {
				if (required) faults.push(`query parameter ${name} is required`);
				continue;
			}
			const value = readQuery(rest.follow(schema), text);
			for (const fault of rest.faults(schema, value))
				faults.push(`query parameter ${name}: ${fault}`);
		}
		return faults;
	}

	return {
		match: matcher.match,
		requestFaults(id, query, body) {
			const operation = matcher.operation(id);
			return [...queryFaults(operation, query), ...bodyFaults(operation, body)];
		},
		completeAnswer(id, status, body) {
			const schema = answerSchema(id, status);
			return schema && status < 300 ? completeRest(schema, body) : body;
		},
		answerFaults(id, status, body) {
			const declared = matcher.operation(id).responses[status];
			// Any operation of GitHub's may answer 401, 403, 404 or 5xx, declared
			// or not; what is declared must hold.
			if (!declared)
				return status < 400 ? [`status ${status} is not declared`] : [];
			const schema = jsonSchema(declared);
			if (!schema)
				// GitHub gives its reason with every refusal, declared or not.
				return body === undefined || status >= 400
					? []
					: ["a body where none is declared"];
			return rest.faults(schema, body);
		},
		completePayload(webhook, payload) {
			const schema = hooks.document.webhooks[webhook];
			return schema ? completeHook(schema, payload) : payload;
		},
		payloadFaults(webhook, payload) {
			const schema = hooks.document.webhooks[webhook];
			if (!schema) return [`GitHub's cut holds no webhook ${webhook}`];
			return hooks.faults(schema, payload);
		},
	};
}

function readQuery(schema: Schema, text: string): unknown {
	if (schema.type === "integer") return Number(text);
	if (schema.type === "boolean") return text === "true" || text !== "false";
	return text;
}
