// What every agent of the scenario does: it needs the whole text of six files,
// reads through `view`, one a turn, those that its prompt does not hold, and then
// hands in a report of some 3 kB made from the schema of its submission.
import {
	fillSchema,
	type Schema,
} from "../../src/local/scripted-model/generated/schema-value.ts";
import { call, think } from "../../src/local/scripted-model/server/reply.ts";
import type {
	ModelRequest,
	OfferedTool,
} from "../../src/local/scripted-model/server/request.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import { lengthen } from "./lengthen.ts";
import { type SourceFile, sources } from "./repository.ts";
import { writtenIn } from "./written.ts";

const FILES_NEEDED = 6;
const REPORT_CHARACTERS = 3_000;

export const answers: Rule[] = [{ name: "an agent's work", reply: nextStep }];

function nextStep(request: ModelRequest) {
	const missing = neededBy(request.agent).find((file) => !holds(request, file));
	if (missing)
		return [
			think("The prompt does not show it."),
			call("view", { path: missing.path }),
		];
	const tool = submitTool(request);
	return [
		think("All six are known."),
		call(tool.name, reportFor(tool, request)),
	];
}

/** Six of the sixteen, by the agent's name alone: the same in every run. */
export function neededBy(agent: string): SourceFile[] {
	const start = [...agent].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7);
	return Array.from({ length: FILES_NEEDED }, (_, i) => {
		const at = (Math.abs(start | 0) + i * 5) % sources.length;
		return sources[at] as SourceFile;
	});
}

/** Every part of the file stands somewhere in what the agent was shown. */
function holds(request: ModelRequest, { landmarks }: SourceFile): boolean {
	const shown = [
		request.system,
		request.userText,
		...request.calls.map(({ text }) => text),
	];
	return landmarks.every((mark) => shown.some((text) => text.includes(mark)));
}

/** The one that the assignment ends with. */
function submitTool({ brief, tools, agent }: ModelRequest): OfferedTool {
	const [named] = brief.match(/\bsubmit_\w+/g)?.slice(-1) ?? [];
	const tool = tools.find(({ name }) => name === named);
	if (!tool) throw new Error(`${agent} is told of no submit tool on offer`);
	return tool;
}

function reportFor(tool: OfferedTool, request: ModelRequest) {
	const schema = tool.schema as Schema;
	const needed = neededBy(request.agent);
	const filled = fillSchema(schema, {
		paths: sources.map(({ path }) => path),
		places: needed.flatMap(({ path, text }) =>
			text
				.split("\n")
				.map((quote, i) => ({ path, line: i + 1, quote }))
				.filter(({ quote }) => quote.trim() !== ""),
		),
		topic: `${request.assignment} of phase ${request.phase}`,
		attempt: 0,
	});
	const own = { ...(filled as object), ...ownWords(tool.name, request) };
	return lengthen(schema, own, REPORT_CHARACTERS);
}

/** Where any valid value would not do: what is handed in must hold together. */
function ownWords(tool: string, request: ModelRequest): object {
	if (tool === "submit_change") return writtenIn(request.phase ?? 0);
	if (tool === "submit_problem_analysis") return { open_questions: [] };
	if (tool === "submit_review") return { findings: [] };
	if (tool === "submit_risks") return { risks: [] };
	if (tool === "submit_design_review")
		return { verdict: "as designed", deviations: [] };
	return {};
}
