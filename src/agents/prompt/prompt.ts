// The order of a prompt decides what it costs. From the front: tools and rules
// (the same for ever), the repository (the same for a run), earlier reports
// (they only grow), then what is this agent's own. Nothing that changes from one
// day or run to the next may stand in the front.
import { readFileSync } from "node:fs";
import type { Message, TextBlock } from "../../model/messages.ts";
import { PHASE_COUNT } from "../../reports/workflow.ts";
import { skillCatalogue } from "../../skills/catalogue-text.ts";
import type { Tree } from "../../workspace/tree.ts";
import type { Assignment } from "../assignment.ts";
import { ROSTER } from "../roster.ts";
import { submitTool } from "../tools/submit.ts";
import type { World } from "../world.ts";
import { showNotes, showReports, showTask, showTaskFiles } from "./material.ts";
import { type PackSize, repositoryPack } from "./pack.ts";
import { packedFiles } from "./packed-files.ts";
import { readRoleOverride } from "./repository-voice.ts";
import { showSkills } from "./skill-list.ts";
import { fence } from "./untrusted.ts";

/** More names than this are found with glob. */
const MOST_NAMED = 40;

const RULES = readFileSync(new URL("./rules.md", import.meta.url), "utf8");

/** The same for every agent of every run. */
const FRONT = `${RULES.trim()}\n\n# Skills, opened with skill\n\n${skillCatalogue()}`;

export interface Opening {
	readonly system: readonly TextBlock[];
	readonly message: Message;
}

export async function openConversation(
	assignment: Assignment,
	world: World,
	pack: PackSize = "whole",
): Promise<Opening> {
	const base = world.base ?? world.tree;
	return {
		system: [
			block(FRONT),
			{
				...block(await repositoryPack(base, pack)),
				cache_control: { type: "ephemeral", ttl: "1h" },
			},
		],
		message: {
			role: "user",
			content: [
				...(await sharedMaterial(assignment, world)),
				block(await roleCard(assignment, world)),
				block(await assignmentText(assignment, world)),
			],
		},
	};
}

const block = (text: string): TextBlock => ({ type: "text", text });

/** The same for all agents of a phase, and for those of the next but for what was added. */
async function sharedMaterial(
	{ phase }: Assignment,
	{ run, before, base, tree }: World,
): Promise<TextBlock[]> {
	const texts = [
		showTask(run),
		...(await showTaskFiles(base ?? tree, run)),
		...showReports(phase, before, run),
		...showNotes(run),
	].map(block);
	const last = texts.pop() as TextBlock;
	return [...texts, { ...last, cache_control: { type: "ephemeral" } }];
}

/** Skills stand here and not in the front: they differ by role and task. */
async function roleCard({ role }: Assignment, world: World): Promise<string> {
	const base = world.base ?? world.tree;
	const own = world.allowRepositoryAgents
		? await readRoleOverride(base, role)
		: undefined;
	const skills = await showSkills(role, base, world.run.issue);
	return `# Your role: ${role}\n\n${own ?? ROSTER[role].brief}\n\n${skills}`;
}

async function assignmentText(
	{ role, name, phase, brief, submit }: Assignment,
	{ tree, base }: World,
): Promise<string> {
	const moved =
		base && base.sha !== tree.sha ? await whatMoved(base, tree) : "";
	const { tools, max_calls } = ROSTER[role];
	return `# Assignment: ${role} · ${name} · phase ${phase} of ${PHASE_COUNT}

${brief.trim()}${moved}

Your tools: ${tools.join(", ")} (at most ${max_calls} reads). End your work by calling \`${submitTool(submit)}\`.`;
}

/** The front shows the base; what this run changed since has to be read. */
async function whatMoved(base: Tree, tree: Tree): Promise<string> {
	const before = new Set(await base.paths());
	const paths = await tree.paths();
	const added = paths.filter((path) => !before.has(path));
	const changed: string[] = [];
	for (const path of (await packedFiles(base)).files.keys())
		if ((await base.text(path)) !== (await tree.text(path))) changed.push(path);
	const list = (what: string, found: readonly string[]) =>
		found.length > 0
			? `\n${fence("files", `kind="${what}"`, found.slice(0, MOST_NAMED).join("\n"))}`
			: "";
	return `\n\nYour tools show commit ${tree.sha}: the repository with this run's pull requests so far; the files above are older.${list("new", added)}${list("changed since", changed)}`;
}
