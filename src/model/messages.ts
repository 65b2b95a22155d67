// The few types of the Messages API that conversations are made of.
import type Anthropic from "@anthropic-ai/sdk";

export type Message = Anthropic.MessageParam;
export type UserBlock =
	| Anthropic.TextBlockParam
	| Anthropic.ToolResultBlockParam;
export type TextBlock = Anthropic.TextBlockParam;
export type ToolResult = Anthropic.ToolResultBlockParam;
export type ToolDefinition = Anthropic.Tool;
export type ToolCall = Anthropic.ToolUseBlock;
export type ContentBlock = Anthropic.ContentBlock;
export type StopReason = Anthropic.StopReason;
export type Effort = NonNullable<NonNullable<Anthropic.OutputConfig["effort"]>>;

/** What one request asks: everything but how it is sent. */
export interface Prompt {
	readonly model: string;
	readonly maxTokens: number;
	readonly effort: Effort;
	readonly tools: readonly ToolDefinition[];
	readonly system: readonly TextBlock[];
	readonly messages: readonly Message[];
}

/** Characters that count as prompt tokens. */
export const lengthOf = ({ tools, system, messages }: Prompt): number =>
	JSON.stringify([tools, system, messages]).length;
