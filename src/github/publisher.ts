// The only code that writes to GitHub. A step that publishes may run again after
// a crash at any point, so nothing here may show twice: each method knows what an
// earlier try left (by memory, else by looking for it) and completes that. Memory
// also tells that there was none: then nothing is looked for.
import { parseMarker, renderMarker } from "../views/marker.ts";
import { SETUP_TITLE, setupBody } from "../views/onboarding.ts";
import type { ReviewView } from "../views/review.ts";
import type { RepositoryClient } from "./app-client.ts";
import type { CheckRequest } from "./checks.ts";
import { createComment, findOurComment, updateComment } from "./comments.ts";
import { commitFaults } from "./commit-faults.ts";
import { type CommitRequest, type Committed, commitFiles } from "./commits.ts";
import { createOnce } from "./create-once.ts";
import { type FinishedPull, finishPulls } from "./finish-pulls.ts";
import { closeIssue } from "./issues.ts";
import type { Log } from "./log.ts";
import { inTurn, type Memory } from "./memory.ts";
import {
	commitMerge,
	type MergeCommitRequest,
	type MergeCommitted,
} from "./merge-commit.ts";
import { BEGUN, makeOnce, type Once, type Posted } from "./once.ts";
import { makeOutgoing } from "./outgoing.ts";
import { publishChecks } from "./publish-checks.ts";
import {
	createPull,
	editPull,
	findOpenPull,
	type Marked,
	markReady,
	type Pull,
	type PullRequestText,
	readPull,
} from "./pulls.ts";
import { type Reaction, reactToComment, reactToIssue } from "./reactions.ts";
import {
	createAnswer,
	findOurAnswer,
	requestReview,
	type Thread,
} from "./review-threads.ts";
import { postReview } from "./reviews.ts";
import { offerSetup } from "./setup.ts";
import {
	endJob,
	type JobRequest,
	type StartedJob,
	startJob,
} from "./start-job.ts";

export type Opened =
	| { readonly ok: true; readonly pull: Pull }
	| { readonly ok: false; readonly message: string };

/** Every method may be called again with the same arguments, at any time. */
export interface Publisher {
	/** The status comment of the run that `body`'s marker names. */
	status(issue: number, body: string): Promise<Posted>;
	/** One comment per `key` (unique on the issue); another body edits it. */
	comment(issue: number, key: string, body: string): Promise<Posted>;
	/** One answer per `key` in a thread of line comments; nothing where the thread is gone. */
	answer(at: Thread, key: string, body: string): Promise<void>;
	/** False where GitHub would not. */
	requestReview(pull: number, login: string): Promise<boolean>;
	react(commentId: number, reaction: Reaction): Promise<void>;
	reactToIssue(issue: number, reaction: Reaction): Promise<void>;
	/** Our own text as a commit takes it: with secrets removed. Must not throw. */
	document(text: string): string;
	/** Refuses secrets and protected paths; never forces a branch. */
	commit(request: CommitRequest): Promise<Committed>;
	/** Of what GitHub has already, on both sides; never forces a branch. */
	mergeCommit(request: MergeCommitRequest): Promise<MergeCommitted>;
	/** The open pull request of `branch`, opened as a draft if there is none. */
	pull(request: PullRequestText & { branch: string }): Promise<Opened>;
	editPull(number: number, change: Partial<PullRequestText>): Promise<Pull>;
	/** Our own files for a repository that has none; undefined when nothing is to be offered. */
	offerSetup(): Promise<Pull | undefined>;
	/** With these bodies out of draft; what stays a draft is told, in the order given. */
	finishPulls(pulls: readonly FinishedPull[]): Promise<readonly Marked[]>;
	/** Must not throw. */
	markReady(nodeId: string): Promise<Marked>;
	check(request: CheckRequest): Promise<Posted>;
	/** In as few requests as GitHub allows. */
	checks(requests: readonly CheckRequest[]): Promise<readonly Posted[]>;
	/** One review per key on a pull request; none where none of its remarks lies in the diff. */
	review(pull: number, headSha: string, review: ReviewView): Promise<void>;
	closeIssue(issue: number): Promise<void>;
	/** On the repository's own runners; once per key. Throws where GitHub refuses. */
	startJob(request: JobRequest): Promise<StartedJob>;
	/** Cancels what still runs of it, and takes its files away. */
	endJob(job: StartedJob): Promise<void>;
}

export interface PublisherOptions {
	readonly client: RepositoryClient;
	readonly memory: Memory;
	/** Exact values that must never leave. */
	readonly secrets: readonly string[];
	readonly log: Log;
}

export function makePublisher(options: PublisherOptions): Publisher {
	const { client, memory, secrets, log } = options;
	const outgoing = makeOutgoing(secrets);
	const place = `github/${client.repository.id}`;
	const known = makeOnce(memory);
	const once: Once = (key, content, act) =>
		known(`${place}/${key}`, content, act);

	const comment = (issue: number, key: string, text: string) => {
		const body = outgoing.body(withMarker(key, text));
		return once(`comment/${issue}/${key}`, body, async (known, tried) => {
			const edited = known && (await updateComment(client, known.id, body));
			if (edited) return edited;
			const found = await createOnce(
				() => findOurComment(client, issue, body),
				() => createComment(client, issue, body),
				client.secondMs,
				tried,
			);
			if (found.body === body) return found;
			return (await updateComment(client, found.id, body)) ?? found;
		});
	};

	/**
	 * What an earlier attempt left on the branch is ours to build on: the new
	 * commit follows it, with the tree that was asked for.
	 */
	const commitOn = (request: CommitRequest): Promise<Committed> =>
		inTurn(`${place}/branch/${request.branch}`, async () => {
			const key = `${place}/branch/${request.branch}`;
			const committed = await commitFiles(client, request);
			const ours = await memory.recall(key);
			const later =
				!committed.ok && committed.head && committed.head === ours
					? await commitFiles(client, {
							...request,
							base: request.base ?? request.parent,
							parent: committed.head,
							allowEmpty: true,
						})
					: committed;
			if (later.ok) await memory.remember(key, later.sha);
			return later;
		});

	const answer = async (at: Thread, key: string, text: string) => {
		const body = outgoing.body(withMarker(key, text));
		await once(`answer/${at.pull}/${key}`, body, (_, tried) =>
			createOnce(
				() => findOurAnswer(client, at.pull, body),
				() => createAnswer(client, at, body),
				client.secondMs,
				tried,
			),
		);
	};

	const checks = (requests: readonly CheckRequest[]) =>
		publishChecks(
			{ client, memory, place, once: known },
			requests.map(outgoing.check),
		);

	return {
		status(issue, body) {
			const run = parseMarker(body)?.data.run;
			return comment(issue, `status/${run ?? "unnamed"}`, body);
		},
		comment,
		answer,
		requestReview: (pull, login) => requestReview(client, pull, login),
		react: (id, reaction) => reactToComment(client, id, reaction),
		reactToIssue: (issue, reaction) => reactToIssue(client, issue, reaction),

		document: outgoing.document,

		async commit(request) {
			const faults = await commitFaults(request, secrets);
			if (faults.length === 0) return commitOn(request);
			log.warn(`a commit on ${request.branch} was refused`);
			return { ok: false, kind: "not allowed", message: faults.join("; ") };
		},

		mergeCommit: (request) =>
			inTurn(`${place}/branch/${request.branch}`, () =>
				commitMerge(client, request),
			),

		pull: ({ branch, base, ...text }) =>
			inTurn(`${place}/pull/${branch}`, async () => {
				const wanted = {
					base,
					title: outgoing.title(text.title),
					body: outgoing.body(text.body),
				};
				const key = `${place}/pull/${branch}`;
				const tried = (await memory.recall(key)) !== undefined;
				if (!tried) await memory.remember(key, BEGUN);
				const pull = await createOnce(
					() => findOpenPull(client, branch),
					() => createOrFindPull(client, branch, wanted),
					client.secondMs,
					tried,
				);
				if (!pull.ours)
					return {
						ok: false,
						message: `The branch ${branch} already has a pull request that is not mine (#${pull.number}).`,
					};
				return { ok: true, pull: await editPull(client, pull, wanted) };
			}),

		async editPull(number, { title, body, base }) {
			return editPull(client, await readPull(client, number), {
				...(title === undefined ? {} : { title: outgoing.title(title) }),
				...(body === undefined ? {} : { body: outgoing.body(body) }),
				...(base === undefined ? {} : { base }),
			});
		},

		offerSetup: () =>
			inTurn(`${place}/setup`, () =>
				offerSetup(client, {
					title: SETUP_TITLE,
					body: (...given) => outgoing.body(setupBody(...given)),
				}),
			),

		finishPulls: (pulls) =>
			finishPulls(
				client,
				pulls.map(({ number, body }) => ({
					number,
					body: outgoing.body(body),
				})),
			),

		markReady: (nodeId) => markReady(client, nodeId),

		async check(request) {
			const [posted] = await checks([request]);
			return posted as Posted;
		},
		checks,

		async review(pull, headSha, { key, ...review }) {
			const request = {
				...outgoing.review(review),
				...{ pull, headSha, marker: renderMarker("review", { key }) },
			};
			await once(
				`review/${pull}/${key}`,
				key,
				async (known, tried) =>
					known ?? (await postReview(client, request, tried)),
			);
		},

		closeIssue: (issue) => closeIssue(client, issue),

		startJob(request) {
			const key = `${place}/job/${request.key}`;
			return inTurn(key, () =>
				startJob({ client, memory, secrets }, key, request),
			);
		},
		endJob: (job) => endJob(client, job),
	};
}

/** A comment without a marker of its own gets one, to be found again by. */
const withMarker = (key: string, body: string) =>
	parseMarker(body) ? body : `${renderMarker("comment", { key })}\n\n${body}`;

/** GitHub knows it exists but does not list it yet: say so rather than open another. */
async function createOrFindPull(
	client: RepositoryClient,
	branch: string,
	wanted: PullRequestText,
): Promise<Pull> {
	const pull =
		(await createPull(client, branch, wanted)) ??
		(await findOpenPull(client, branch));
	if (pull) return pull;
	throw new Error(
		`GitHub says ${branch} already has a pull request, but lists none`,
	);
}
