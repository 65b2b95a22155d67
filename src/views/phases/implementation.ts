// Phases 7 to 9: what was built and whether its tests ran.
import type { Plan, PullRef } from "../../reports/change.ts";
import type { Reports } from "../../reports/reports.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import {
	itemList,
	itemMarks,
	reviewText,
	type ShowPlace,
	smokeLine,
} from "../conformity.ts";
import { fileLink } from "../links.ts";
import { plural } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import { testLine, testOutput } from "../tests.ts";
import type { About } from "./about.ts";
import { bullets } from "./key-files.ts";

type Report = Reports["model"];

export function implementationView(report: Report, { run }: About): PhaseView {
	const { plan, change, pull, tests, notes, conformity } = report;
	const { items = [], review, smoke } = conformity ?? {};
	const place: ShowPlace = (path, line) =>
		fileLink(run, pull.headSha, path, line);
	const verified = [testLine(tests), ...(smoke ? [smokeLine(smoke)] : [])];
	return {
		summary: [
			`Draft pull request [#${pull.number} ${cleanLine(change.title)}](${pull.url}) on ${codeSpan(pull.base)}: ${changeSize(pull.files)}.`,
			clean(change.why),
			bullets(change.what),
			`**Verified:** ${verified.join("; ")}.`,
			...(items.length ? [`**Asked for:** ${itemMarks(items)}`] : []),
			...(review
				? [`**Against the design:** ${reviewText(review, place)}`]
				: []),
			...(notes.length ? [`**Note:** ${notes.map(cleanLine).join(" ")}`] : []),
		].join("\n\n"),
		details: [
			...(items.length
				? [
						{
							title: "What was asked for, and where it stands",
							markdown: itemList(items, place),
						},
					]
				: []),
			{
				title: `Files (${pull.files.length})`,
				markdown: table(
					["file", "lines"],
					pull.files.map(({ path, additions, deletions }) => [
						fileLink(run, pull.headSha, path),
						`+${additions} −${deletions}`,
					]),
				),
			},
			...(plan
				? [{ title: "The plan it follows", markdown: planText(plan) }]
				: []),
			{ title: "Output of the tests", markdown: testOutput(tests) },
		],
		facts: {
			pull: pull.number,
			head: pull.headSha,
			tests: tests.status,
			...(conformity
				? { unmet: items.filter(({ met }) => !met).map(({ name }) => name) }
				: {}),
			...(review ? { design: review.verdict } : {}),
			...(smoke ? { smoke: smoke.status } : {}),
		},
	};
}

const planText = (plan: Plan) =>
	[
		clean(plan.summary),
		...(plan.framework ? [`**Framework:** ${cleanLine(plan.framework)}`] : []),
		...(plan.pipeline ? [`**Pipeline:** ${clean(plan.pipeline)}`] : []),
		...(plan.tracking ? [`**Tracking:** ${cleanLine(plan.tracking)}`] : []),
		"**Target files**",
		plan.files
			.map(({ path, purpose }) => `- ${codeSpan(path)} ${cleanLine(purpose)}`)
			.join("\n"),
		"**Tests have to show**",
		bullets(plan.tests),
	].join("\n\n");

export function changeSize(files: PullRef["files"]): string {
	const sum = (key: "additions" | "deletions") =>
		files.reduce((total, file) => total + file[key], 0);
	return `${plural(files.length, "file")}, +${sum("additions")} −${sum("deletions")}`;
}
