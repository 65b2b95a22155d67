import type { Severity } from "../reports/workflow.ts";

/** Only the severity that must not be overlooked is loud. */
export const severityText = (severity: Severity): string =>
	severity === "critical" ? "**critical**" : severity;
