// All that is read from GitHub about one repository.
import type { CiCheck } from "../reports/ci.ts";
import type { CollaboratorRole } from "../run/permissions.ts";
import type { AppIdentity, RepositoryClient } from "./app-client.ts";
import { type Artifact, readArtifact } from "./artifacts.ts";
import { roleOf } from "./collaborators.ts";
import { type Comment, readComment } from "./comments.ts";
import { type ConfigFiles, readConfigTexts } from "./config-file.ts";
import { type IssueFacts, readIssue } from "./issues.ts";
import { type Pull, readPull } from "./pulls.ts";
import {
	branchHead,
	changedSince,
	isAncestor,
	mergeBase,
	type RepositoryFacts,
	readRepository,
} from "./repository.ts";
import { type GivenReview, readReview } from "./review-threads.ts";
import { readCi, readCiFailures } from "./target-ci.ts";
import {
	readWorkflowRun,
	type WorkflowRun,
	workflowState,
} from "./workflow-runs.ts";

export interface Reader {
	identity(): Promise<AppIdentity>;
	repository(): Promise<RepositoryFacts>;
	/** Fails closed: any doubt is "none". */
	roleOf(login: string): Promise<CollaboratorRole>;
	issue(number: number): Promise<IssueFacts>;
	pull(number: number): Promise<Pull>;
	/** A review with all its comments; undefined when there is none. */
	review(pull: number, id: number): Promise<GivenReview | undefined>;
	/** Checks of other apps and statuses of a commit, the newest of each name; none of a branch that is gone. */
	ci(ref: string): Promise<CiCheck[]>;
	/** What these of them report, in their words; empty where none fails any more. */
	ciFailures(sha: string, failed: readonly CiCheck[]): Promise<string>;
	/** undefined when it was deleted. */
	comment(id: number): Promise<Comment | undefined>;
	/** undefined when there is no such branch. */
	branchHead(branch: string): Promise<string | undefined>;
	/** Whether history leads from one commit to the other; true where that cannot be told. */
	isAncestor(older: string, newer: string): Promise<boolean>;
	/** Paths that differ; undefined where the newer does not come of the older, or too many do. */
	changedSince(older: string, newer: string): Promise<string[] | undefined>;
	/** The newest commit that both histories have; undefined where there is none. */
	mergeBase(one: string, other: string): Promise<string | undefined>;
	/** Our configuration's texts, of the default branches. */
	configTexts(): Promise<ConfigFiles>;
	/** "active", or how it was switched off; undefined where there is no workflow for jobs. */
	workflowState(): Promise<string | undefined>;
	workflowRun(id: number): Promise<WorkflowRun>;
	/** What a run handed over under that name; its digest is checked. */
	artifact(run: number, name: string, mostBytes: number): Promise<Artifact>;
	/** For git: an address without credentials, and a token that can only read this code. */
	cloneAccess(): Promise<{ url: string; token: string }>;
}

export const makeReader = (client: RepositoryClient): Reader => ({
	identity: () => client.identity(),
	repository: () => readRepository(client),
	roleOf: (login) => roleOf(client, login),
	issue: (number) => readIssue(client, number),
	pull: (number) => readPull(client, number),
	review: (pull, id) => readReview(client, pull, id),
	ci: (ref) => readCi(client, ref),
	ciFailures: (sha, failed) => readCiFailures(client, sha, failed),
	comment: (id) => readComment(client, id),
	branchHead: (branch) => branchHead(client, branch),
	isAncestor: (older, newer) => isAncestor(client, older, newer),
	changedSince: (older, newer) => changedSince(client, older, newer),
	mergeBase: (one, other) => mergeBase(client, one, other),
	configTexts: () => readConfigTexts(client),
	workflowState: () => workflowState(client),
	workflowRun: (id) => readWorkflowRun(client, id),
	artifact: (run, name, mostBytes) =>
		readArtifact(client, run, name, mostBytes),
	async cloneAccess() {
		const [{ cloneUrl }, token] = await Promise.all([
			readRepository(client),
			client.readToken(),
		]);
		return { url: cloneUrl, token };
	},
});
