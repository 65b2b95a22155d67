import type { Plan } from "../../reports/change.ts";
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import type { Wanted } from "../../reports/items.ts";
import type { Role } from "../../reports/workflow.ts";
import type { NewFile } from "../phase.ts";

export interface BuildOrder {
	readonly phase: number;
	/** Names the branch and the conversations. */
	readonly slug: string;
	readonly plan?: Plan;
	readonly brief: string;
	/** What the writer shows the place of; none for a fix. */
	readonly items?: readonly Wanted[];
	/** Names that the writer must say something about, each by an item. */
	readonly mustName?: readonly string[];
	/** Who compares the change with the approved design before it opens. */
	readonly reviewer?: Role;
	/** Train and predict on a few rows of this contract's table before it opens. */
	readonly smoke?: EvaluationContract;
	/** Files of our own making that go into the same commit. */
	readonly documents?: readonly NewFile[];
}
