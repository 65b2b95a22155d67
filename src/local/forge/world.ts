import type { Contract } from "./contract/contract.ts";
import type { Faults } from "./faults.ts";
import type { Account, Permissions, State, Token } from "./state.ts";
import type { Courier, Outgoing } from "./webhooks/courier.ts";

/** The one App this GitHub knows. */
export interface AppSettings {
	id: number;
	slug: string;
	name?: string;
	/** PEM; the App signs its tokens with the private half. */
	publicKey: string;
	webhookSecret: string;
	webhookUrl: string;
	/** What the owners granted; absent: what a code-writing App needs. */
	permissions?: Permissions;
}

/** Something that went over the wire and that GitHub's descriptions do not allow. */
export interface Violation {
	where: "request" | "answer" | "webhook";
	/** The operation's or webhook's name, or the route nobody serves. */
	what: string;
	faults: string[];
}

export interface CallRecord {
	operation: string;
	status: number;
	write: boolean;
	by: string;
}

/** Everything the parts of one forge share. */
export interface World {
	app: AppSettings & { name: string; permissions: Permissions };
	bot: Account;
	state: State;
	contract: Contract;
	courier: Courier;
	faults: Faults;
	violations: Violation[];
	calls: CallRecord[];
	/** Where bare repositories live. */
	root: string;
	/** "http://127.0.0.1:4711"; known once the server listens. */
	base: string;
	/** Aborted when this GitHub goes away. */
	closing: AbortSignal;
	/** Runs one writer at a time for each key, in the order they came. */
	serially<T>(key: number, work: () => Promise<T>): Promise<T>;
}

export interface Caller {
	kind: "nobody" | "app" | "installation" | "person";
	/** The one whom GitHub shows as sender and author; null for nobody. */
	account: Account | null;
	token: Token | null;
}

/** Somebody's doing and the webhooks it calls forth, sent once the answer is out. */
export interface Turn {
	world: World;
	actor: Account;
	/** Whether the App itself acts, not a person. */
	viaApp: boolean;
	outbox: Outgoing[];
}

export function apiBase(world: World): string {
	return `${world.base}/api/v3`;
}

export function createSerializer(): World["serially"] {
	const tails = new Map<number, Promise<unknown>>();
	return (key, work) => {
		const before = tails.get(key) ?? Promise.resolve();
		const now = before.then(work, work);
		tails.set(key, now);
		return now;
	};
}
