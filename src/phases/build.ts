// How phases 7, 8, 9 and the fixes of phase 10 turn a brief into a pull request.
import type { ImplementationReport } from "../reports/change.ts";
import type { BuildOrder } from "./building/order.ts";
import { saysOf, shortcomingsOf } from "./building/shortcomings.ts";
import { tryOut } from "./building/try-out.ts";
import { repair, write } from "./building/write.ts";
import type { Lead } from "./phase.ts";

/**
 * The writer proposes; tests, items, a review against the design and a smoke run
 * say what it is worth; one repair is allowed; then the pull request opens, and
 * what is still missing is said in it.
 */
export async function build(
	lead: Lead,
	order: BuildOrder,
): Promise<ImplementationReport> {
	const first = await tryOut(lead, order, await write(lead, order));
	const missing = shortcomingsOf(first);
	const { change, files, tests, conformity } = missing.length
		? await tryOut(lead, order, await repair(lead, order, first, missing))
		: first;
	const { slug, plan, documents = [] } = order;
	const pull = await lead.pulls.open({
		...{ slug, change, tests, documents },
		...(conformity ? { conformity } : {}),
	});
	return {
		...(plan ? { plan } : {}),
		...{ change, pull, tests },
		...(conformity ? { conformity } : {}),
		notes: [
			...(missing.length
				? [`The first version fell short (${saysOf(missing)}); repaired once.`]
				: []),
			...(files.length === 0
				? ["The change leaves every file as it was."]
				: []),
		],
	};
}
