// What building and judging the design will probably cost: plain arithmetic over
// what this run has cost so far, or over what earlier runs came to.
import { PHASE_COUNT, Role } from "../reports/workflow.ts";
import { FIRST_APPROVED_PHASE } from "./moves.ts";
import type { AgentSpending } from "./spending.ts";

export interface CostForecast {
	readonly usdLow: number;
	readonly usdHigh: number;
	readonly basis: Basis;
}

export type Basis =
	/** Agents of this run that have worked so far, and what one cost on average. */
	| { readonly from: "this run"; readonly agents: number; readonly usd: number }
	/** Delivered runs of the same repository, and their median. */
	| {
			readonly from: "earlier runs";
			readonly runs: number;
			readonly usd: number;
	  };

type Staff = Partial<Record<Role, readonly [low: number, high: number]>>;

/** Who works in each phase: at least, and where everything falls short once. */
const STAFF: Readonly<Record<number, Staff>> = {
	7: { "ml-engineer": [2, 3], "ml-writer": [1, 2] },
	8: { "mlops-engineer": [2, 3], "ml-writer": [1, 2] },
	9: { "ml-writer": [1, 2], "ml-reviewer": [1, 2] },
	10: { "ml-reviewer": [3, 3], "ml-writer": [0, 2] },
	11: { "data-scientist": [1, 1], "ml-writer": [0, 3] },
};

/**
 * Of the phases from `from` on, 7 at the earliest; undefined where nothing is
 * known or nothing is left. `earlier`: what those phases cost in each delivered
 * run of the repository; that is the better guess where there is one.
 */
export function forecastCost(
	spending: readonly AgentSpending[],
	earlier: readonly number[] = [],
	from = FIRST_APPROVED_PHASE,
): CostForecast | undefined {
	if (from > PHASE_COUNT) return undefined;
	return earlier.length > 0
		? likeEarlier(earlier)
		: likeSoFar(spending, Math.max(from, FIRST_APPROVED_PHASE));
}

function likeEarlier(earlier: readonly number[]): CostForecast {
	const sorted = [...earlier].sort((a, b) => a - b);
	const at = (index: number) => sorted[index] ?? 0;
	const middle = (sorted.length - 1) / 2;
	const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
	return {
		usdLow: at(0),
		usdHigh: at(sorted.length - 1),
		basis: { from: "earlier runs", runs: sorted.length, usd: median },
	};
}

/** A role that has worked costs what it did; another, what anybody did. */
function likeSoFar(
	spending: readonly AgentSpending[],
	from: number,
): CostForecast | undefined {
	const worked = spending.filter(
		({ turns, role }) => turns > 0 && Role.safeParse(role).success,
	);
	if (worked.length === 0) return undefined;
	let [usdLow, usdHigh] = [0, 0];
	for (let phase = from; phase <= PHASE_COUNT; phase++)
		for (const [role, [low, high]] of Object.entries(STAFF[phase] ?? {})) {
			const own = worked.filter((agent) => agent.role === role);
			const costs = (own.length > 0 ? own : worked).map(({ usd }) => usd);
			usdLow += low * mean(costs);
			usdHigh += high * Math.max(...costs);
		}
	return {
		usdLow,
		usdHigh,
		basis: {
			from: "this run",
			agents: worked.length,
			usd: mean(worked.map(({ usd }) => usd)),
		},
	};
}

const mean = (values: readonly number[]) =>
	values.reduce((sum, value) => sum + value, 0) / values.length;
