// Everything that is found about a draft, side by side.
import type { Lead } from "../phase.ts";
import { together } from "../together.ts";
import { checkItems } from "./check-items.ts";
import type { BuildOrder } from "./order.ts";
import { reviewDesign } from "./review-design.ts";
import type { Draft, Version } from "./version.ts";

export async function tryOut(
	lead: Lead,
	order: BuildOrder,
	draft: Draft,
): Promise<Version> {
	const { lab } = lead;
	const { change } = draft;
	const files = await lab.filesOf(change);
	// The conversation starts last: it alone takes more than one step.
	const [tests, smoke, review] = await together(
		lab.runTests(change),
		order.smoke && lab.smokeRun(order.smoke, change),
		order.reviewer && reviewDesign(lead, order, order.reviewer, draft, files),
	);
	const found = { ...draft, files, tests };
	const { items = [] } = order;
	if (items.length === 0 && !review && !smoke) return found;
	return {
		...found,
		conformity: {
			items: checkItems(items, draft.items, files, tests),
			...(review ? { review } : {}),
			...(smoke ? { smoke } : {}),
		},
	};
}
