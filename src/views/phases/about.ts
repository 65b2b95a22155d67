import type { Reports } from "../../reports/reports.ts";
import type { Run } from "../../run/run.ts";

/** What a view may look at besides its own report. */
export interface About {
	readonly run: Run;
	/** Reports of earlier phases; reading one that does not exist throws. */
	readonly before: Reports;
}
