import type { ModelCard } from "./models.ts";
import type { CacheControl, WireRequest } from "./wire.ts";
import { blocksOf } from "./wire.ts";

const KNOWN = new Set(
	(
		"max_tokens messages model cache_control container diagnostics inference_geo metadata " +
		"output_config service_tier speed stop_sequences stream system thinking tool_choice tools " +
		"user_profile_id workspace_id"
	).split(" "),
);
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const MAX_BREAKPOINTS = 4;

/** What is wrong with a request apart from its messages, if anything. */
export function parameterFault(
	request: WireRequest,
	model: ModelCard,
): string | undefined {
	return (
		fieldFault(request, model) ??
		toolFault(request) ??
		breakpointFault(breakpointsOf(request))
	);
}

function fieldFault(r: WireRequest, model: ModelCard): string | undefined {
	for (const field of Object.keys(r))
		if (!KNOWN.has(field)) return `${field}: Extra inputs are not permitted`;
	if (!Number.isInteger(r.max_tokens)) return "max_tokens: Field required";
	if (r.max_tokens < 0)
		return "max_tokens: Input should be greater than or equal to 0";
	if (r.max_tokens === 0 && r.stream)
		return "max_tokens: 0 fills the cache and generates nothing, so it cannot be streamed";
	if (r.max_tokens > model.maxOutput)
		return `max_tokens: ${r.max_tokens} > ${model.maxOutput}, which is the maximum allowed number of output tokens for ${r.model}`;
	if (r.thinking && r.thinking.type !== "adaptive")
		return `thinking.type: "${r.thinking.type}" is not supported for this model. Use "adaptive" and output_config.effort.`;
	if (r.tool_choice && !["auto", "none"].includes(r.tool_choice.type))
		return `tool_choice: forced tool use ("${r.tool_choice.type}") is not supported for this model. Use "auto" or "none".`;
	for (const block of blocksOf(r.system))
		if (!block.text?.trim())
			return "system: text content blocks must contain non-whitespace text";
	return undefined;
}

function toolFault({ tools = [] }: WireRequest): string | undefined {
	const seen = new Set<string>();
	for (const [i, tool] of tools.entries()) {
		if (!TOOL_NAME.test(tool.name ?? ""))
			return `tools.${i}.name: String should match pattern '${TOOL_NAME.source}'`;
		if (seen.has(tool.name)) return "tools: Tool names must be unique.";
		seen.add(tool.name);
		if (tool.input_schema?.type !== "object")
			return `tools.${i}.input_schema.type: Field required; expected 'object'`;
	}
	return undefined;
}

function breakpointsOf(r: WireRequest): CacheControl[] {
	const places = [
		...(r.tools ?? []),
		...blocksOf(r.system),
		...r.messages.flatMap((m) => blocksOf(m.content)),
		r,
	];
	return places.flatMap((place) => place.cache_control ?? []);
}

function breakpointFault(marks: CacheControl[]): string | undefined {
	if (marks.length > MAX_BREAKPOINTS)
		return `A maximum of ${MAX_BREAKPOINTS} blocks with cache_control may be provided. Found ${marks.length}.`;
	let short = false;
	for (const { type, ttl = "5m" } of marks) {
		if (type !== "ephemeral" || !["5m", "1h"].includes(ttl))
			return "cache_control: expected type 'ephemeral' with ttl '5m' or '1h'";
		if (ttl === "1h" && short)
			return "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block";
		short = ttl === "5m";
	}
	return undefined;
}
