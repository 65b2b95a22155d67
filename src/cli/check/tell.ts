// All that was found, in the form somebody asked for.
import type { Inspection } from "../../ml/rules/inspect.ts";
import { notebookModule } from "../../ml/rules/notebook-module.ts";
import type { RuleHit } from "../../ml/rules/rule.ts";
import { plural } from "../../views/numbers.ts";
import type { RuleRequest } from "./check.ts";
import { sarifOf } from "./sarif.ts";
import { type Paint, showHit, showLead } from "./show.ts";

export function tell(
	{ hits, suppressed, skipped }: Inspection,
	files: ReadonlyMap<string, string>,
	threshold: number,
	{ json, sarif }: Pick<RuleRequest, "json" | "sarif">,
	paint: Paint,
): string {
	if (sarif) return pretty(sarifOf(hits, suppressed));
	if (json)
		return pretty({ files: files.size, findings: hits, suppressed, skipped });
	const isSure = ({ confidence }: RuleHit) => confidence >= threshold;
	const findings = hits.filter(isSure);
	const leads = hits.filter((hit) => !isSure(hit));
	const counts = [
		`${plural(findings.length, "finding")} in ${plural(files.size, "file")}`,
		...(suppressed.length
			? [`${suppressed.length} ignored with a reason`]
			: []),
	];
	return [
		...findings.map((hit) => showHit(hit, sourceOf(hit, files), paint)),
		...(leads.length
			? [
					`${plural(leads.length, "lead")}, too unsure to fail the check (below ${threshold} %):`,
				]
			: []),
		...leads.map((hit) => `  ${showLead(hit, paint)}`),
		counts.join(", "),
	].join("\n");
}

const pretty = (value: unknown) => JSON.stringify(value, null, "\t");

function sourceOf({ path }: RuleHit, files: ReadonlyMap<string, string>) {
	const text = files.get(path) ?? "";
	return path.endsWith(".ipynb") ? (notebookModule(text)?.source ?? "") : text;
}
