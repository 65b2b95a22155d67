// A scripted model with a real client, both gone when the test file ends.
import Anthropic from "@anthropic-ai/sdk";
import { afterAll } from "vitest";
import {
	type ScriptedModel,
	type ScriptedModelOptions,
	startScriptedModel,
} from "../../../src/local/scripted-model/server/server.ts";

export type Request = Omit<Anthropic.MessageCreateParamsNonStreaming, "stream">;

const running: ScriptedModel[] = [];
afterAll(() => Promise.all(running.map((server) => server.close())));

export async function start(options: Partial<ScriptedModelOptions> = {}) {
	const server = await startScriptedModel({ rules: [], ...options });
	running.push(server);
	const client = new Anthropic({
		baseURL: server.url,
		apiKey: "test",
		maxRetries: 0,
		logLevel: "off",
	});
	return { server, client };
}

export const user = (content: Anthropic.MessageParam["content"]) => ({
	role: "user" as const,
	content,
});

export const assistant = (content: Anthropic.MessageParam["content"]) => ({
	role: "assistant" as const,
	content,
});

export function ask(
	content: Anthropic.MessageParam["content"] = "hello",
	more: Partial<Request> = {},
): Request {
	return {
		model: "claude-opus-5-5",
		max_tokens: 8_000,
		messages: [user(content)],
		...more,
	};
}

export const tool = (name: string): Anthropic.Tool => ({
	name,
	description: `The ${name} tool`,
	input_schema: { type: "object", properties: { path: { type: "string" } } },
});

/** The next request of a conversation: the answer, and a result for each call. */
export function follow(
	request: Request,
	answer: Anthropic.Message,
	result: (call: Anthropic.ToolUseBlock) => string = () => "done",
): Request {
	const results = answer.content.flatMap((block) =>
		block.type === "tool_use"
			? [
					{
						type: "tool_result" as const,
						tool_use_id: block.id,
						content: result(block),
					},
				]
			: [],
	);
	const next = results.length > 0 ? user(results) : user("go on");
	return {
		...request,
		messages: [
			...request.messages,
			{ role: "assistant", content: answer.content },
			next,
		],
	};
}

export const kinds = (message: Anthropic.Message) =>
	message.content.map((block) => block.type);

export const textIn = (message: Anthropic.Message) =>
	message.content
		.flatMap((block) => (block.type === "text" ? [block.text] : []))
		.join("");

/** What a promise was rejected with. */
export async function failure(promise: Promise<unknown>) {
	try {
		await promise;
	} catch (error) {
		return error as InstanceType<typeof Anthropic.APIError>;
	}
	throw new Error("expected a failure, got an answer");
}
