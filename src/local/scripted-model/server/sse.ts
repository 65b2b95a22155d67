// A message as the API streams it: pure events first, then the sending.

import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { SlowFault, StreamFault } from "./faults.ts";
import type { Composed } from "./message.ts";
import type { WireBlock } from "./wire.ts";

export interface StreamEvent {
	type: string;
	[field: string]: unknown;
}

const CHUNK_CHARACTERS = 400;

/** Writes that were flushed are lost when the socket is destroyed at once. */
const FLUSH_MS = 15;

export function* eventsOf(
	{ message, rawJson }: Composed,
	chunk = CHUNK_CHARACTERS,
): Generator<StreamEvent> {
	const { usage } = message;
	yield {
		type: "message_start",
		message: {
			...message,
			content: [],
			stop_reason: null,
			stop_details: null,
			usage: { ...usage, output_tokens: 1, output_tokens_details: null },
		},
	};
	yield { type: "ping" };
	for (const [index, block] of message.content.entries()) {
		const content_block = emptied(block);
		yield { type: "content_block_start", index, content_block };
		for (const delta of deltasOf(block, rawJson.get(index), chunk))
			yield { type: "content_block_delta", index, delta };
		yield { type: "content_block_stop", index };
	}
	yield {
		type: "message_delta",
		delta: {
			stop_reason: message.stop_reason,
			stop_sequence: null,
			stop_details: message.stop_details,
			container: null,
		},
		usage: {
			input_tokens: usage.input_tokens,
			cache_read_input_tokens: usage.cache_read_input_tokens,
			cache_creation_input_tokens: usage.cache_creation_input_tokens,
			output_tokens: usage.output_tokens,
			output_tokens_details: usage.output_tokens_details,
			server_tool_use: null,
		},
	};
	yield { type: "message_stop" };
}

function emptied(block: WireBlock): WireBlock {
	if (block.type === "text") return { ...block, text: "" };
	if (block.type === "thinking")
		return { ...block, thinking: "", signature: "" };
	return { ...block, input: {} };
}

function* deltasOf(block: WireBlock, raw: string | undefined, chunk: number) {
	if (block.type === "text")
		for (const text of pieces(block.text, chunk))
			yield { type: "text_delta", text };
	if (block.type === "thinking") {
		for (const thinking of pieces(block.thinking, chunk))
			yield { type: "thinking_delta", thinking };
		yield { type: "signature_delta", signature: block.signature };
	}
	if (block.type === "tool_use")
		for (const json of pieces(raw ?? JSON.stringify(block.input), chunk))
			yield { type: "input_json_delta", partial_json: json };
}

function* pieces(text = "", size: number) {
	for (let at = 0; at < text.length; at += size)
		yield text.slice(at, at + size);
}

/** Resolves once all is sent or the fault has happened; true if all was sent. */
export async function sendEvents(
	res: ServerResponse,
	events: Iterable<StreamEvent>,
	fault?: StreamFault,
	slow?: SlowFault,
): Promise<boolean> {
	let sent = 0;
	for (const event of events) {
		if (fault?.afterEvents === sent && !(await survives(res, fault)))
			return false;
		if (res.destroyed) return false;
		const times = event.type === "ping" ? (slow?.pings ?? 1) : 1;
		for (let time = 0; time < times; time++) {
			res.write(framed(event));
			if (slow?.chunkMs) await sleep(slow.chunkMs);
		}
		sent++;
	}
	res.end();
	return !res.destroyed;
}

/** Lets the fault happen; true if the stream goes on after it. */
async function survives(
	res: ServerResponse,
	fault: StreamFault,
): Promise<boolean> {
	switch (fault.kind) {
		case "cut":
			res.flushHeaders();
			await sleep(FLUSH_MS);
			res.destroy();
			return false;
		case "end":
			res.end();
			return false;
		case "stall":
			res.flushHeaders();
			return false;
		case "garbage":
			res.write('event: content_block_delta\ndata: {"type": oops\n\n');
			return true;
		case "error event":
			res.end(
				framed({
					type: "error",
					error: {
						type: fault.type ?? "overloaded_error",
						message: fault.message ?? "Overloaded",
					},
				}),
			);
			return false;
	}
}

const framed = (event: StreamEvent) =>
	`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
