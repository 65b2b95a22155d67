// One tool a kind of submission; calling it ends the agent's work.
import type { z } from "zod";
import type { ToolDefinition } from "../../model/messages.ts";
import { SUBMISSIONS, type SubmissionKind } from "../../reports/submissions.ts";
import type { Role } from "../../reports/workflow.ts";
import { inputSchema } from "./tool.ts";

const KINDS = Object.keys(SUBMISSIONS) as SubmissionKind[];

export const submitTool = (kind: SubmissionKind) => `submit_${kind}`;

export const schemaOf = (kind: SubmissionKind): z.ZodType =>
	SUBMISSIONS[kind].schema;

export function maySubmit(role: Role, kind: SubmissionKind): boolean {
	const roles: readonly Role[] = SUBMISSIONS[kind].roles;
	return roles.includes(role);
}

export const SUBMIT_TOOLS: readonly ToolDefinition[] = KINDS.map((kind) => ({
	name: submitTool(kind),
	description: schemaOf(kind).description ?? "",
	input_schema: withoutDescription(inputSchema(schemaOf(kind))),
}));

/** The tool's own description says it already. */
function withoutDescription({
	description: _,
	...schema
}: ToolDefinition["input_schema"]): ToolDefinition["input_schema"] {
	return schema;
}
