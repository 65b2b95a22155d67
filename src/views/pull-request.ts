// Title and body of the pull requests we open.
import type { Change, PullRef, TestRun } from "../reports/change.ts";
import type { Conformity } from "../reports/conformity.ts";
import { PHASE_COUNT } from "../reports/workflow.ts";
import type { Run } from "../run/run.ts";
import { clean, plainLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { itemList, reviewText, smokeLine } from "./conformity.ts";
import { designDocumentPath } from "./design-document.ts";
import { renderMarker } from "./marker.ts";
import { folded } from "./phase-comment.ts";
import { changeSize } from "./phases/implementation.ts";
import { bullets } from "./phases/key-files.ts";
import { testLine, testOutput } from "./tests.ts";

export interface PullRequest {
	readonly run: Run;
	readonly phase: number;
	readonly change: Pick<Change, "title" | "why" | "what">;
	readonly tests: TestRun;
	readonly conformity?: Conformity;
	/** Branch it is based on: the default one or the pull request below. */
	readonly base: string;
	/** Its place in the stack, from 1; `of` is unknown while parts may still come. */
	readonly part: number;
	readonly of?: number;
	readonly files?: PullRef["files"];
	readonly closesIssue?: boolean;
}

/** GitHub cuts nothing, but lists show little more than this. */
const LONGEST_TITLE = 120;

export function pullTitle({ run, phase, change }: PullRequest): string {
	const prefix = `[#${run.issue.number} · ${phase}/${PHASE_COUNT}]`;
	const title = `${prefix} ${plainLine(change.title)}`;
	return title.length > LONGEST_TITLE
		? `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…`
		: title;
}

export function pullBody(pull: PullRequest): string {
	const { run, phase, change, tests, base, part, of, files } = pull;
	const issue = `#${run.issue.number}`;
	const place = of ? `part ${part} of ${of}` : `part ${part}`;
	const size = files?.length ? ` (${changeSize(files)})` : "";
	return [
		renderMarker("pull", { run: run.id, phase }),
		`${pull.closesIssue ? "Closes" : "Part of"} ${issue} · ${place} ${basedOn(base)}`,
		`**Why**\n\n${clean(change.why)}`,
		`**What changed**${size}\n\n${bullets(change.what)}`,
		...design(pull),
		...manifests(pull),
		`**How it was verified**\n\n${verified(pull)}.`,
		...conformity(pull),
		`**How to steer me**\n\nReview this pull request, or comment \`/revise <what to change>\` on it: I take up each review in one commit, answer every thread and ask you again. ${draft(run)} Decisions are taken on ${issue}, where \`/help\` lists the commands. Merge the lowest part first; I never merge and never push over a commit that is not mine.`,
		folded("Output of the tests", testOutput(tests)),
	].join("\n\n");
}

/** The body with another base; what people changed in it stays. */
export const movedBody = (body: string, from: string, to: string): string =>
	body.replace(basedOn(from), () => basedOn(to));

const basedOn = (base: string) => `· based on ${codeSpan(base)}`;

const draft = ({ config }: Run) =>
	config.pull_requests === "sequential"
		? "I open it as a draft, take it out of draft when its phase is through, and go on once it is merged."
		: "I open it as a draft and take it out of draft when the run is through.";

function design({ run, files = [] }: PullRequest): string[] {
	const path = designDocumentPath(run.issue.number);
	return files.some((file) => file.path === path)
		? [`The approved design and who decided what: ${codeSpan(path)}.`]
		: [];
}

/** By name: what package managers, builds and images read. */
const MANIFEST =
	/^(?:requirements[\w.-]*\.(?:txt|in)|constraints[\w.-]*\.txt|pyproject\.toml|setup\.(?:py|cfg)|pipfile|(?:conda[\w.-]*|environment[\w.-]*)\.ya?ml|package\.json|(?:[\w.-]+\.)?dockerfile(?:\.[\w.-]+)?|makefile|noxfile\.py|tox\.ini)$/i;

function manifests({ files = [] }: PullRequest): string[] {
	const named = files
		.map(({ path }) => path)
		.filter((path) => MANIFEST.test(path.split("/").at(-1) ?? ""))
		.map(codeSpan);
	if (named.length === 0) return [];
	const [they, decide] =
		named.length > 1 ? ["they", "decide"] : ["it", "decides"];
	return [
		`**Look twice at** ${named.join(", ")}: ${they} ${decide} what is installed or run.`,
	];
}

const verified = ({ tests, conformity }: PullRequest) =>
	[
		testLine(tests),
		...(conformity?.smoke ? [smokeLine(conformity.smoke)] : []),
	].join("; ");

function conformity({ conformity }: PullRequest): string[] {
	const { items = [], review } = conformity ?? {};
	return [
		...(items.length ? [`**What was asked for**\n\n${itemList(items)}`] : []),
		...(review
			? [`**Against the approved design**\n\n${reviewText(review)}`]
			: []),
	];
}
