import type { WireBlock, WireMessage } from "./wire.ts";
import { blocksOf } from "./wire.ts";

/** What is wrong with a conversation, in the API's words, if anything. */
export function historyFault(messages: WireMessage[]): string | undefined {
	if (messages.length === 0)
		return "messages: at least one message is required";
	if (messages[0]?.role !== "user")
		return 'messages: first message must use the "user" role';
	for (const [i, message] of messages.entries()) {
		const fault = messageFault(message);
		if (fault) return `messages.${i}${fault}`;
	}
	const fault = pairingFault(messages);
	if (fault) return fault;
	if (messages.at(-1)?.role === "assistant")
		return "This model does not support assistant message prefill. The conversation must end with a user message.";
	return undefined;
}

const BELONGS_TO: Record<string, string> = {
	tool_use: "assistant",
	thinking: "assistant",
	tool_result: "user",
};

function messageFault({ role, content }: WireMessage): string | undefined {
	if (!["user", "assistant", "system"].includes(role))
		return `.role: Input should be 'user', 'assistant' or 'system'`;
	const blocks = blocksOf(content);
	if (blocks.length === 0) return ": all messages must have non-empty content";
	for (const [k, block] of blocks.entries()) {
		const at = `.content.${k}`;
		if ((BELONGS_TO[block.type] ?? role) !== role)
			return `${at}: \`${block.type}\` blocks cannot be in ${role} messages`;
		if (block.type === "text" && !block.text?.trim())
			return `${at}: text content blocks must be non-empty`;
		if (block.type === "tool_use" && !isObject(block.input))
			return `${at}.tool_use.input: Input should be a valid dictionary`;
		if (block.type === "thinking" && block.cache_control)
			return `${at}.thinking.cache_control: Extra inputs are not permitted`;
	}
	return undefined;
}

/** Every call is answered in the very next user message, and nothing else is. */
function pairingFault(messages: WireMessage[]): string | undefined {
	const seen = new Set<string>();
	let open: string[] = [];
	for (const { role, content, at } of merged(messages)) {
		const results = content.filter((b) => b.type === "tool_result");
		for (const { tool_use_id: id = "" } of results)
			if (!open.includes(id))
				return `messages.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`;
		if (role === "assistant" && open.length > 0) return unanswered(at, open);
		if (role === "user") {
			const head = content.slice(0, open.length).map((b) => b.tool_use_id);
			const missing = open.filter((id) => !head.includes(id));
			if (missing.length > 0) return unanswered(at, missing);
		}
		open = content.flatMap((b) => (b.type === "tool_use" ? [b.id ?? ""] : []));
		for (const id of open) {
			if (seen.has(id))
				return `messages.${at}: \`tool_use\` ids must be unique: ${id}`;
			seen.add(id);
		}
	}
	return undefined;
}

const unanswered = (at: number, ids: string[]) =>
	`messages.${at}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${ids.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block at the start of the next message.`;

/** Neighbours of one role count as one message; system messages stand aside. */
function merged(messages: WireMessage[]) {
	const turns: { role: string; content: WireBlock[]; at: number }[] = [];
	for (const [at, { role, content }] of messages.entries()) {
		if (role === "system") continue;
		const last = turns.at(-1);
		if (last?.role === role) last.content.push(...blocksOf(content));
		else turns.push({ role, content: [...blocksOf(content)], at });
	}
	return turns;
}

const isObject = (value: unknown) =>
	typeof value === "object" && value !== null && !Array.isArray(value);
