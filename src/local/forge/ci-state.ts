// What is said of commits: check runs by Apps, and statuses, the older way.

import type { Account } from "./state.ts";

export interface CheckRun {
	id: number;
	/** Who reports it, where that is another App. */
	app?: { id: number; slug: string; name: string };
	name: string;
	headSha: string;
	status: "queued" | "in_progress" | "completed";
	conclusion: string | null;
	startedAt: string;
	completedAt: string | null;
	externalId: string | null;
	detailsUrl: string | null;
	output: {
		title: string | null;
		summary: string | null;
		text: string | null;
	};
	annotations: Annotation[];
	actions: CheckAction[];
	/** What a job of GitHub Actions printed, and the word that opens it to whoever was sent there. */
	log?: { text: string; key: string };
}

export interface Annotation {
	path: string;
	start_line: number;
	end_line: number;
	start_column: number | null;
	end_column: number | null;
	annotation_level: "notice" | "warning" | "failure";
	title: string | null;
	message: string;
	raw_details: string | null;
}

export interface CheckAction {
	label: string;
	description: string;
	identifier: string;
}

/** The newest of a context holds; earlier ones stay. */
export interface CommitStatus {
	id: number;
	sha: string;
	context: string;
	state: "error" | "failure" | "pending" | "success";
	description: string | null;
	targetUrl: string | null;
	creator: Account;
	createdAt: string;
}

/** One run of a workflow, which has one job. */
export interface WorkflowRun {
	id: number;
	/** The run's own name, as the workflow makes it. */
	title: string;
	workflow: { id: number; name: string; path: string };
	event: string;
	inputs: Readonly<Record<string, string>>;
	headBranch: string;
	headSha: string;
	actor: Account;
	status: "queued" | "in_progress" | "completed";
	conclusion: string | null;
	attempt: number;
	createdAt: string;
	updatedAt: string;
	artifacts: Artifact[];
	/** What its steps printed. */
	log: string;
	/** Stops what is under way. */
	cancel: () => void;
}

export interface Artifact {
	id: number;
	name: string;
	zip: Buffer;
	/** "sha256:…" of what GitHub took in. */
	digest: string;
	/** The word that opens it to whoever was sent there. */
	key: string;
	createdAt: string;
}

/** The newest of each context. */
export function standingStatuses(
	statuses: readonly CommitStatus[],
	sha: string,
): CommitStatus[] {
	const here = statuses.filter((status) => status.sha === sha);
	return [...new Map(here.map((one) => [one.context, one])).values()];
}
