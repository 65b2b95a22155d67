// What a rule sees of a request: who asks, in which turn, and what the tools said.
import type { IncomingHttpHeaders } from "node:http";
import { blocksOf, textOf, type WireRequest } from "./wire.ts";

export interface ToolCall {
	/** The turn, from 1, whose answer made this call. */
	turn: number;
	name: string;
	// Whatever a script once asked for: it knows its own calls' shapes.
	// biome-ignore lint/suspicious/noExplicitAny: see above
	input: any;
	/** The result's text; empty while there is none. */
	text: string;
	isError: boolean;
}

export interface OfferedTool {
	name: string;
	description: string;
	schema: Record<string, unknown>;
}

export interface ModelRequest {
	/** `<role>/<name>`, from the header or the assignment; "unknown" without either. */
	agent: string;
	role?: string;
	/** The assignment's name, e.g. "pragmatic". */
	assignment?: string;
	phase?: number;
	/** The assignment's whole text block. */
	brief: string;
	/** 1 for a conversation without answers. */
	turn: number;
	model: string;
	system: string;
	/** All text people and code ever said to this agent. */
	userText: string;
	/** All calls so far with their results, oldest first. */
	calls: ToolCall[];
	/** The calls of the last answer. */
	lastCalls: ToolCall[];
	tools: OfferedTool[];
}

const ASSIGNMENT = /^# Assignment: (.+?) · (.+?) · phase (\d+)/;

export function readRequest(
	body: WireRequest,
	headers: IncomingHttpHeaders,
): ModelRequest {
	const brief =
		blocksOf(body.messages[0]?.content).findLast(
			(block) => block.type === "text" && ASSIGNMENT.test(block.text ?? ""),
		)?.text ?? "";
	const [, role, assignment, phase] = ASSIGNMENT.exec(brief) ?? [];
	const calls = callsOf(body);
	const turn = body.messages.filter((m) => m.role === "assistant").length + 1;
	const request: ModelRequest = {
		agent: role ? `${role}/${assignment}` : "unknown",
		brief,
		turn,
		model: body.model,
		system: textOf(body.system),
		userText: body.messages
			.filter((message) => message.role === "user")
			.map((message) => textOf(message.content))
			.filter(Boolean)
			.join("\n"),
		calls,
		lastCalls: calls.filter((call) => call.turn === turn - 1),
		tools: (body.tools ?? []).map((tool) => ({
			name: tool.name,
			description: tool.description ?? "",
			schema: tool.input_schema ?? {},
		})),
	};
	if (role && assignment) {
		request.role = role;
		request.assignment = assignment;
		request.phase = Number(phase);
	}
	return named(request, headers["x-modelwright-agent"]);
}

/** The header names the agent even where the text does not. */
function named(request: ModelRequest, header: unknown): ModelRequest {
	if (typeof header !== "string" || header === "") return request;
	const [role = "", ...name] = header.split("/");
	return { role, assignment: name.join("/"), ...request, agent: header };
}

function callsOf(body: WireRequest): ToolCall[] {
	const calls = new Map<string, ToolCall>();
	let turn = 0;
	for (const message of body.messages) {
		if (message.role === "assistant") turn++;
		for (const block of blocksOf(message.content)) {
			if (block.type === "tool_use")
				calls.set(block.id ?? "", {
					turn,
					name: block.name ?? "",
					input: block.input,
					text: "",
					isError: false,
				});
			const asked = calls.get(block.tool_use_id ?? "");
			if (block.type !== "tool_result" || !asked) continue;
			asked.text = textOf(block.content);
			asked.isError = block.is_error === true;
		}
	}
	return [...calls.values()];
}
