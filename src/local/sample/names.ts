// What a team may have called its columns. A seed picks one spelling of each.

/** The seed of the sample as the documentation shows it. */
export const DEFAULT_SEED = 42;

// The first spelling belongs to the default seed.
const SPELLINGS = {
	id: ["row_id", "record_id", "snapshot_id", "entry_id"],
	group: ["customer_id", "user_id", "account_id", "client_id"],
	month: ["snapshot_month", "scored_month", "month", "period"],
	category: ["region", "district", "area", "territory"],
	plan: ["plan", "tariff", "package"],
	contract: ["contract", "term", "agreement", "contract_type"],
	payment: ["payment_method", "paid_by", "billing_method"],
	channel: ["signup_channel", "sales_channel", "acquired_via"],
	tenure: ["tenure_months", "months_active", "age_months"],
	charge: ["monthly_charge", "monthly_fee", "monthly_price", "bill_amount"],
	discount: ["discount_percent", "rebate_percent", "reduction_percent"],
	usage: ["usage_hours", "hours_used", "active_hours", "watch_hours"],
	trend: ["usage_trend", "usage_change", "activity_change"],
	logins: ["logins_30d", "sessions_30d", "visits_30d"],
	devices: ["devices", "device_count", "registered_devices"],
	tickets: ["support_tickets", "tickets_90d", "complaints_90d"],
	late: ["late_payments", "overdue_bills", "missed_payments"],
	contact: ["last_contact_days", "days_since_contact", "days_since_call"],
} as const;

const LABELS = [
	{ label: "churned", verb: "churn", past: "churned" },
	{ label: "cancelled", verb: "cancel", past: "cancelled" },
	{ label: "lapsed", verb: "lapse", past: "lapsed" },
	{ label: "left", verb: "leave", past: "left" },
] as const;

type Role = keyof typeof SPELLINGS | "label" | "verb" | "past" | "rate";

/** Role to spelling: column names, and the words for what customers do. */
export type Names = Readonly<Record<Role, string>>;

export function pickNames(seed: number): Names {
	const spelt = Object.fromEntries(
		Object.entries(SPELLINGS).map(([role, list]) => [role, nth(list, seed)]),
	) as Record<keyof typeof SPELLINGS, string>;
	return { ...spelt, ...nth(LABELS, seed), rate: `${spelt.category}_rate` };
}

/** The member of a list a seed selects; the default seed selects the first. */
export function nth<T>(list: readonly T[], seed: number): T {
	const offset = (seed - DEFAULT_SEED) % list.length;
	const chosen = list[(offset + list.length) % list.length];
	if (chosen === undefined) throw new RangeError("nth needs a filled list");
	return chosen;
}
