// What was found in the Static Analysis Results Interchange Format, 2.1.0.
import type { Edit, RuleHit } from "../../ml/rules/rule.ts";
import { RULES } from "../../ml/rules/rules.ts";
import type { Suppressed } from "../../ml/rules/suppressions.ts";
import { POSTING_CONFIDENCE } from "../../reports/findings.ts";
import type { Severity } from "../../reports/workflow.ts";
import { fingerprintOf } from "./baseline.ts";

const LEVELS: Readonly<Record<Severity, "error" | "warning" | "note">> = {
	critical: "error",
	high: "error",
	medium: "warning",
	low: "note",
};

export function sarifOf(
	hits: readonly RuleHit[],
	suppressed: readonly Suppressed[],
): object {
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [
			{
				tool: {
					driver: {
						name: "Modelwright",
						rules: RULES.map(({ id, title, severity, why }) => ({
							id,
							shortDescription: { text: title },
							fullDescription: { text: why },
							defaultConfiguration: { level: LEVELS[severity] },
						})),
					},
				},
				columnKind: "utf16CodeUnits",
				results: [
					...hits.map(resultOf),
					...suppressed.map(({ hit, reason, by }) => ({
						...resultOf(hit),
						suppressions: [
							{
								kind: by === "comment" ? "inSource" : "external",
								justification: reason,
							},
						],
					})),
				],
			},
		],
	};
}

function resultOf(hit: RuleHit): object {
	const { rule, severity, confidence, tier, message, suggestion } = hit;
	return {
		ruleId: rule,
		ruleIndex: RULES.findIndex(({ id }) => id === rule),
		level: confidence < POSTING_CONFIDENCE ? "note" : LEVELS[severity],
		rank: confidence,
		message: { text: `${message} ${suggestion}` },
		locations: [
			{
				physicalLocation: {
					artifactLocation: artifact(hit.path),
					region: {
						startLine: hit.startLine,
						endLine: hit.endLine,
						snippet: { text: hit.quote },
					},
				},
			},
		],
		partialFingerprints: { "modelwright/v1": fingerprintOf(hit) },
		properties: { confidence, tier },
		...(hit.fix ? { fixes: [fixOf(suggestion, hit.fix)] } : {}),
	};
}

const fixOf = (text: string, edits: readonly Edit[]) => ({
	description: { text },
	artifactChanges: edits.map(({ path, startLine, endLine, lines }) => ({
		artifactLocation: artifact(path),
		replacements: [
			{
				// From the first line's start to the start of the line after the last.
				deletedRegion: {
					startLine,
					startColumn: 1,
					endLine: endLine + 1,
					endColumn: 1,
				},
				insertedContent: { text: lines === undefined ? "" : `${lines}\n` },
			},
		],
	})),
});

const artifact = (path: string) => ({
	uri: path.split("/").map(encodeURIComponent).join("/"),
	uriBaseId: "%SRCROOT%",
});
