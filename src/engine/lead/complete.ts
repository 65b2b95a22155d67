import { REPORT_NAMES, type Reports } from "../../reports/reports.ts";

/** A phase that reads a report before it exists is our mistake: it is told so. */
export function complete(reports: Partial<Reports>): Reports {
	return new Proxy(reports, {
		get(known, name) {
			const report = Reflect.get(known, name);
			if (report === undefined && REPORT_NAMES.some((known) => known === name))
				throw new Error(`the report "${String(name)}" does not exist yet`);
			return report;
		},
	}) as Reports;
}
