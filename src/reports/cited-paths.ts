import type { Reports } from "./reports.ts";

/** Files of the repository that the reports of Discovery and Design rest on. */
export function citedPaths(reports: Partial<Reports>): Set<string> {
	const { requirements, data, risks, evaluationPlan } = reports;
	const findings = (data?.explorations ?? []).flatMap(
		({ exploration }) => exploration.findings,
	);
	const shown = Object.values(data?.architecture ?? {}).flatMap(
		({ evidence }) => evidence,
	);
	return new Set([
		...(requirements?.capsule ? [requirements.capsule.path] : []),
		...(requirements?.keyFiles ?? []).map(({ path }) => path),
		...(data?.keyFiles ?? []).map(({ path }) => path),
		...findings.map(({ evidence }) => evidence.path),
		...shown.map(({ path }) => path),
		...(risks?.risks ?? []).flatMap(({ path }) => path ?? []),
		...(evaluationPlan ? [evaluationPlan.plan.contract.data] : []),
	]);
}
