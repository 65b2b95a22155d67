// Phases 7 to 9: what was built and whether its tests ran.
import type { PullRef } from "../../reports/change.ts";
import type { Reports } from "../../reports/reports.ts";
import { clean, cleanLine } from "../clean.ts";
import { codeSpan } from "../code.ts";
import { fileLink } from "../links.ts";
import { plural } from "../numbers.ts";
import type { PhaseView } from "../phase-view.ts";
import { table } from "../table.ts";
import { testLine, testOutput } from "../tests.ts";
import type { About } from "./about.ts";
import { bullets } from "./key-files.ts";

type Report = Reports["model"];

export function implementationView(report: Report, { run }: About): PhaseView {
	const { plan, change, pull, tests, notes } = report;
	return {
		summary: [
			`Draft pull request [#${pull.number} ${cleanLine(change.title)}](${pull.url}) on ${codeSpan(pull.base)}: ${changeSize(pull.files)}.`,
			clean(change.why),
			bullets(change.what),
			`**Verified:** ${testLine(tests)}.`,
			...(notes.length ? [`**Note:** ${notes.map(cleanLine).join(" ")}`] : []),
		].join("\n\n"),
		details: [
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
				? [
						{
							title: "The plan it follows",
							markdown: [clean(plan.summary), bullets(plan.tests)].join("\n\n"),
						},
					]
				: []),
			{ title: "Output of the tests", markdown: testOutput(tests) },
		],
		facts: { pull: pull.number, head: pull.headSha, tests: tests.status },
	};
}

export function changeSize(files: PullRef["files"]): string {
	const sum = (key: "additions" | "deletions") =>
		files.reduce((total, file) => total + file[key], 0);
	return `${plural(files.length, "file")}, +${sum("additions")} −${sum("deletions")}`;
}
