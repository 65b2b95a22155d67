// The parts of the Messages API's JSON that this server reads. Written down
// here, not imported: the server must not share the client's idea of the API.
export interface CacheControl {
	type: string;
	ttl?: string;
}

export interface WireBlock {
	type: string;
	text?: string;
	thinking?: string;
	signature?: string;
	id?: string;
	name?: string;
	input?: unknown;
	tool_use_id?: string;
	content?: string | WireBlock[];
	is_error?: boolean;
	cache_control?: CacheControl | null;
}

export interface WireMessage {
	role: string;
	content: string | WireBlock[];
}

export interface WireTool {
	name: string;
	description?: string;
	input_schema?: Record<string, unknown>;
	cache_control?: CacheControl | null;
}

export interface WireRequest {
	model: string;
	max_tokens: number;
	messages: WireMessage[];
	system?: string | WireBlock[];
	tools?: WireTool[];
	tool_choice?: { type: string };
	thinking?: { type: string; display?: string | null };
	output_config?: { format?: unknown };
	cache_control?: CacheControl | null;
	stream?: boolean;
}

export function blocksOf(content: string | WireBlock[] = []): WireBlock[] {
	if (typeof content !== "string") return content;
	return content === "" ? [] : [{ type: "text", text: content }];
}

/** The text blocks, one per line; other blocks say nothing. */
export function textOf(content?: string | WireBlock[]): string {
	return blocksOf(content)
		.flatMap((block) => (block.type === "text" ? [block.text ?? ""] : []))
		.join("\n");
}
