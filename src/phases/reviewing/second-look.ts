// Grave findings are looked at once more before anybody is shown them, by a
// reviewer who hears the claim but not how the first one came to it.
import { showData } from "../../agents/prompt/show-data.ts";
import { fence } from "../../agents/prompt/untrusted.ts";
import { gravestFirst } from "../../ml/findings.ts";
import {
	needsSecondLook,
	type Weighed,
	weigh,
} from "../../ml/weigh-findings.ts";
import type { Finding, ReviewReport } from "../../reports/findings.ts";
import type { Lead } from "../phase.ts";

const AROUND = 15;

/** All of them in one conversation; none where none is grave. */
export async function lookAgain(
	{ agents, pulls, earlier }: Pick<Lead, "agents" | "pulls" | "earlier">,
	findings: readonly Finding[],
): Promise<Weighed> {
	const known = earlier.review;
	const carried = findings.map((finding) => asBefore(known, finding));
	const grave = carried.filter(
		(finding) => needsSecondLook(finding) && !isKnown(known, finding),
	);
	if (grave.length === 0) return { findings: carried, refuted: 0 };
	const claims = await Promise.all(
		grave.map((finding) => show(pulls, finding)),
	);
	const check = await agents.one({
		role: "ml-reviewer",
		name: "second-look",
		phase: 10,
		submit: "fact_check",
		brief: `Somebody claims the faults below in the pull requests above. You did not make these claims; try to refute each. Read what the lines depend on and trace one concrete row, value or call: if the fault cannot happen, or something else already prevents it, it is refuted; if you traced it to the wrong outcome, it is confirmed; else you are unsure. One verdict for each, by its id, with the fact that decides it. Lines marked + were added by the pull request.

${claims.join("\n\n")}`,
	});
	const settled = carried.filter((finding) => !grave.includes(finding));
	return merged(settled, weigh(grave, check));
}

/** What was looked at in an earlier review is not asked about again. */
const isKnown = (known: ReviewReport | undefined, { fingerprint }: Finding) =>
	known?.findings.some((one) => one.fingerprint === fingerprint) ?? false;

/** It keeps the doubt, and the grade that came of it. */
function asBefore(known: ReviewReport | undefined, finding: Finding): Finding {
	const before = known?.findings.find(
		({ fingerprint }) => fingerprint === finding.fingerprint,
	);
	if (!before?.doubt || !needsSecondLook(finding)) return finding;
	return { ...finding, severity: before.severity, doubt: before.doubt };
}

const merged = (
	settled: readonly Finding[],
	{ findings, refuted }: Weighed,
) => ({
	findings: [...settled, ...findings].sort(gravestFirst),
	refuted,
});

async function show(pulls: Lead["pulls"], finding: Finding): Promise<string> {
	const { id, focus, severity, title, path, startLine, endLine } = finding;
	const lines = await pulls.linesAround(finding, AROUND);
	const code = lines
		.map(({ number, text, added }) => `${number}\t${added ? "+" : " "}${text}`)
		.join("\n");
	const claim = { id, focus, severity, claim: title, path };
	return `${fence("report", 'name="claim"', showData({ ...claim, lines: `${startLine}-${endLine}` }))}
${fence("file", `path="${path.replace(/[^\w./ -]/g, "_")}"`, code)}`;
}
