// What this GitHub keeps about the App: where it is installed, what its tokens
// may do, and every attempt to hand it a webhook.

import type { Account } from "./state.ts";

/** One attempt to hand one webhook to the App. A redelivery is a new attempt with the same guid. */
export interface Delivery {
	id: number;
	guid: string;
	event: string;
	action: string | null;
	repositoryId: number | null;
	installationId: number;
	/** Exactly the bytes that were signed. */
	body: string;
	redelivery: boolean;
	deliveredAt: string | null;
	/** 0: the App could not be reached, or has not been tried yet. */
	status: number;
	/** GitHub's words: "OK", "failed to connect to host", "timed out", … */
	statusText: string;
	milliseconds: number;
	requestHeaders: Record<string, string>;
	responseHeaders: Record<string, string>;
	responseBody: string;
}

export type Permissions = Record<string, "read" | "write" | "admin">;

export interface Token {
	token: string;
	account: Account;
	/** Null for a person's token, which may do what the person may. */
	installation: null | {
		id: number;
		permissions: Permissions;
		/** Whose account the App is installed in. */
		ownerId: number;
		/** Null: every repository of the installation. */
		repositoryIds: number[] | null;
	};
	/** Milliseconds since 1970, or null: never. */
	expiresAt: number | null;
}

/** The App's presence in one owner's account. */
export interface Installation {
	id: number;
	account: Account;
	createdAt: string;
	/** Repositories of the owner that the App may not see. */
	without: Set<number>;
	suspendedAt: string | null;
}
