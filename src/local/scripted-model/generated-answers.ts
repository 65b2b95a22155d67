// Answers for any agent, made from the offered tools' JSON Schemas alone: a
// model that knows nothing of this product but what its requests say.
import { type Place, placesIn } from "./generated/places.ts";
import { fillSchema, type Schema } from "./generated/schema-value.ts";
import { type Block, call, text, think } from "./server/reply.ts";
import type { ModelRequest, OfferedTool } from "./server/request.ts";
import type { Rule } from "./server/rules.ts";

const MAX_VIEWS = 5;

/** Look around, read some files, then hand in what the assignment asks for. */
export function generatedAnswers(): Rule[] {
	return [{ name: "generated answers", reply: nextStep }];
}

function nextStep(request: ModelRequest): Block[] {
	if (request.turn === 1) {
		const looks = lookAround(request);
		if (looks.length > 0) return [think("What is there?"), ...looks];
	}
	if (request.calls.every((made) => made.name !== "view")) {
		const views = readSome(request);
		if (views.length > 0) return [think("What do they say?"), ...views];
	}
	return handIn(request);
}

function lookAround(request: ModelRequest): Block[] {
	const wanted = { glob: { pattern: "**/*" }, grep: { pattern: "import" } };
	return Object.entries(wanted).flatMap(([name, input]) => {
		const tool = offered(request, name);
		return tool ? [call(name, { ...filled(tool), ...input })] : [];
	});
}

function readSome(request: ModelRequest): Block[] {
	const tool = offered(request, "view");
	if (!tool) return [];
	const { paths } = placesIn(request.calls);
	return codeFirst(paths)
		.slice(0, MAX_VIEWS)
		.map((path) => call("view", { ...filled(tool), path }));
}

function handIn(request: ModelRequest): Block[] {
	const tool = submitTool(request);
	const before = request.calls.filter((made) => made.name === tool.name);
	if (before.at(-1)?.isError === false) return [text("It is handed in.")];
	const value = fillSchema(tool.schema as Schema, {
		...placesIn(request.calls),
		topic: `${request.assignment ?? "any"} of phase ${request.phase ?? 0}`,
		attempt: before.length,
	});
	return [think("That is enough."), call(tool.name, value)];
}

/** The one submit tool on offer, or the one that is named last in what was said. */
function submitTool(request: ModelRequest): OfferedTool {
	const submits = request.tools.filter((t) => t.name.startsWith("submit_"));
	for (const said of [request.brief, request.userText]) {
		const names = said.match(/\bsubmit_\w+/g) ?? [];
		const named = names.findLast((name) => offered(request, name));
		if (named) return offered(request, named) as OfferedTool;
	}
	const [only, ...others] = submits;
	if (!only || others.length > 0)
		throw new Error(
			`the assignment of ${request.agent} names no submit tool, and ${submits.length} are offered`,
		);
	return only;
}

const offered = ({ tools }: ModelRequest, name: string) =>
	tools.find((tool) => tool.name === name);

const filled = (tool: OfferedTool) =>
	fillSchema(tool.schema as Schema, {
		paths: [],
		places: [] as Place[],
		topic: tool.name,
		attempt: 0,
	}) as object;

function codeFirst(paths: readonly string[]): string[] {
	const isCode = (path: string) => /\.(py|ipynb|ts|js|r|jl)$/i.test(path);
	return [...paths.filter(isCode), ...paths.filter((path) => !isCode(path))];
}
