// Draws the customer table. Who leaves is decided by `risk`, the known truth:
// mostly interactions, which a straight line over two columns cannot see.
import { Draws } from "./random.ts";

export interface Observation {
	readonly customer: number;
	readonly month: string;
	readonly category: string;
	readonly plan: string;
	readonly contract: string;
	readonly payment: string;
	readonly channel: string;
	readonly tenure: number;
	readonly charge: number;
	readonly discount: number;
	readonly usage: number;
	readonly trend: number;
	readonly logins: number;
	readonly devices: number;
	readonly tickets: number;
	readonly late: number;
	readonly contact: number;
}

export interface Drawn {
	readonly observation: Observation;
	/** The true probability that the label is 1. */
	readonly probability: number;
	readonly label: 0 | 1;
}

export const CUSTOMERS = 1_480;

const PLACES = [
	"Ashby",
	"Barrow",
	"Calder",
	"Dunmore",
	"Elmswell",
	"Farley",
	"Glenrock",
	"Harlow",
	"Iverton",
	"Jarrow",
	"Kelby",
	"Linden",
	"Marlow",
	"Norwick",
	"Oakham",
	"Penrose",
	"Quarry Hill",
	"Redford",
	"Selby",
	"Thornton",
	"Upwood",
	"Varley",
	"Westmere",
	"Yarrow",
] as const;

const PRICES: Record<string, number> = { basic: 24, standard: 39, premium: 62 };

/** Every customer in one to three months; nobody appears after leaving. */
export function drawCustomers(seed: number): Drawn[] {
	const draws = new Draws(seed * 7_919 + 17);
	const effects = new Map(
		PLACES.map((place) => [place, draws.normal(0, 0.45)]),
	);
	const table: Drawn[] = [];
	for (let customer = 0; customer < CUSTOMERS; customer++) {
		const months = draws.pick([
			[1, 62],
			[2, 26],
			[3, 12],
		]);
		const first = Math.floor(draws.uniform() * 10);
		const traits = drawTraits(draws);
		for (let turn = 0; turn < months; turn++) {
			const observation = observe(draws, customer, first + turn, turn, traits);
			const logit = risk(observation, effects.get(traits.category) ?? 0);
			const probability = 1 / (1 + Math.exp(-logit));
			const label = draws.chance(probability) ? 1 : 0;
			table.push({ observation, probability, label });
			if (label === 1) break;
		}
	}
	return table;
}

type Traits = ReturnType<typeof drawTraits>;

function drawTraits(draws: Draws) {
	const plan = draws.pick([
		["basic", 42],
		["standard", 36],
		["premium", 22],
	] as const);
	return {
		// Some places have many customers, some have few.
		category: draws.pick(PLACES.map((name, i) => [name, 3 + (i % 6) * 3])),
		plan,
		contract: draws.pick([
			["monthly", 55],
			["yearly", 33],
			["two years", 12],
		]),
		payment: draws.pick([
			["card", 46],
			["direct debit", 34],
			["invoice", 20],
		]),
		channel: draws.pick([
			["web", 50],
			["shop", 22],
			["partner", 18],
			["phone", 10],
		]),
		joined: 1 + Math.floor(-22 * Math.log(1 - draws.uniform() * 0.96)),
		charge: Math.max(9, (PRICES[plan] ?? 0) + draws.normal(0, 7)),
		discount: draws.pick([
			[0, 58],
			[5, 14],
			[10, 16],
			[20, 12],
		]),
		habit: Math.exp(draws.normal(3, 0.6)),
		devices: 1 + draws.count(1.6),
	};
}

function observe(
	draws: Draws,
	customer: number,
	monthIndex: number,
	turn: number,
	traits: Traits,
): Observation {
	const trend = draws.normal(0, 24);
	const usage = Math.max(0.5, traits.habit * (1 + trend / 100));
	return {
		customer,
		month: `2025-${String(monthIndex + 1).padStart(2, "0")}`,
		category: traits.category,
		plan: traits.plan,
		contract: traits.contract,
		payment: traits.payment,
		channel: traits.channel,
		tenure: traits.joined + turn,
		charge: traits.charge,
		discount: traits.discount,
		usage,
		trend,
		logins: draws.count(Math.min(16, 3 + usage / 4)),
		devices: traits.devices,
		tickets: draws.count(0.9),
		late: draws.count(0.5),
		contact: Math.floor(-60 * Math.log(1 - draws.uniform())),
	};
}

function risk(at: Observation, place: number): number {
	let logit = -3.2 + place;
	logit -= 0.055 * Math.min(at.tenure, 30);
	logit += 0.03 * (at.charge - 38);
	if (at.contract === "two years") logit -= 0.8;
	if (at.contract === "monthly" && at.trend < -14) logit += 3.1;
	if (at.plan !== "premium" && at.tickets >= 2) logit += 2.3;
	if (at.charge / at.usage > 3.2) logit += 1.6;
	if (at.discount >= 10 && at.tenure >= 10 && at.tenure <= 15) logit += 2.2;
	if (at.payment === "invoice" && at.late >= 1) logit += 1.9;
	if (at.trend > 38) logit += 1;
	return logit;
}
