// What people ask for on a pull request, made durable: read it, do it, answer
// it, ask for the review again, tell the run. It is an attempt of the phase that
// opened the pull request: its report holds from then on, with the new head.
import type { Publisher } from "../github/publisher.ts";
import type { Pull } from "../github/pulls.ts";
import type { GivenReview, ReviewComment } from "../github/review-threads.ts";
import { answerReview, type ReviewOutcome } from "../phases/answer-review.ts";
import type { Agents, Lead } from "../phases/phase.ts";
import { ownFailures } from "../reports/ci.ts";
import type { Answer, Remark } from "../reports/remarks.ts";
import { reportNameOf } from "../reports/reports.ts";
import { type StackedPull, stackOf, withBuilt } from "../reports/stack.ts";
import { parseCommand } from "../run/commands.ts";
import { ciHead, commentOf, reviewOf } from "../run/review-ids.ts";
import type { DonePhase, Run } from "../run/run.ts";
import type { AskedReview } from "../run/run-pulls.ts";
import { ciFailedLine } from "../views/ci.ts";
import { renderAnswer } from "../views/review-answers.ts";
import { apply } from "./apply.ts";
import { leadOf, takenBy, tellFailure } from "./attempt.ts";
import { AttemptFailed, isStop } from "./failure.ts";
import { ciAround } from "./follow-ci.ts";
import { durableJournal, patientJournal } from "./journal.ts";
import type { Parts } from "./parts.ts";
import {
	type AttemptKey,
	beginAttempt,
	readAttempt,
} from "./store/attempts.ts";
import { reportsOf, saveReport } from "./store/reports.ts";
import { readRun } from "./store/runs.ts";

interface Begun {
	readonly review: AskedReview;
	readonly remarks: readonly Remark[];
	/** What failed, where the repository's CI did. */
	readonly failed?: string;
	/** Where the branch stood: what people pushed to it is built upon. */
	readonly head: string;
	/** How many pull requests there are, where no more will come. */
	readonly place?: { readonly of: number; readonly closesIssue: boolean };
}

/** The body of the review workflow. */
export async function performReview(
	parts: Parts,
	agents: Agents,
	key: AttemptKey,
): Promise<void> {
	try {
		const begun = await patientJournal.step("begin", () => begin(parts, key));
		if (!begun) return;
		const { review, remarks, head, place } = begun;
		const { run } = await readAttempt(parts.db, key);
		const { lead, built } = await atPull(parts, agents, key, run, head);
		const outcome: ReviewOutcome =
			remarks.length === 0
				? { answers: [] }
				: await answerReview(lead, {
						...{ slug: review.id, by: review.by, remarks, built },
						...(place ? { place } : {}),
						...(begun.failed ? { ci: true } : {}),
					});
		const { publisher } = parts.servicesFor(run);
		for (const answer of outcome.answers)
			await patientJournal.step(`answer ${answer.to}`, () =>
				say(publisher, run, begun, answer, outcome),
			);
		if (outcome.built && reviewOf(review.id))
			await patientJournal.step("request the review", () =>
				publisher.requestReview(review.pull, review.by),
			);
		await durableJournal.step("advance", () =>
			tell(parts, key, run, outcome.built),
		);
	} catch (error) {
		if (isStop(error)) throw error;
		parts.log.error({ ...key, error }, "a review was not answered");
		await tellFailure(parts, key, error);
	}
}

/** Fixes the run as it is answered in, with nothing above the pull request. */
async function begin(
	parts: Parts,
	key: AttemptKey,
): Promise<Begun | undefined> {
	const run = await readRun(parts.db, key.runId);
	const review = run?.reviews?.find(
		({ state, phase, attempt }) =>
			state === "working" && phase === key.phase && attempt === key.attempt,
	);
	if (!run || !review) return undefined;
	const { reader } = parts.connect(run.repository, run.id);
	const pull = await reader.pull(review.pull);
	if (pull.state !== "open")
		throw refused(`this pull request is ${pull.state}.`);
	const asked = await readAsked(parts, run, review, pull);
	const { gate: _, resolving: _1, answersSince: _2, ...still } = run;
	await beginAttempt(parts.db, key, {
		...still,
		...{ phase: key.phase, attempt: key.attempt },
		done: run.done
			.filter(({ phase }) => phase <= key.phase)
			.map((one) => standing(one, pull)),
	});
	const all = run.done.filter((done) => done.pull);
	const isLast = all.every(({ phase }) => phase <= key.phase);
	return {
		...{ review, ...asked, head: pull.headSha },
		...(run.state === "delivered"
			? { place: { of: all.length, closesIssue: isLast } }
			: {}),
	};
}

const standing = (done: DonePhase, { number, headSha: head }: Pull) =>
	done.pull?.number === number
		? { ...done, pull: { ...done.pull, head } }
		: done;

const refused = (message: string) =>
	new AttemptFailed({ kind: "publishing", message });

type Asked = Pick<Begun, "remarks" | "failed">;

async function readAsked(
	parts: Parts,
	run: Run,
	review: AskedReview,
	pull: Pull,
): Promise<Asked> {
	const failing = ciHead(review);
	if (!failing) return { remarks: await readRemarks(parts, run, review) };
	// On another head it is judged anew.
	if (failing !== pull.headSha) return { remarks: [] };
	const { reader } = parts.connect(run.repository, run.id);
	const { checks, below } = await ciAround(run, reader, pull);
	const own = ownFailures(checks, below);
	if (own.length === 0) return { remarks: [] };
	const text = await reader.ciFailures(pull.headSha, own);
	const failed = ciFailedLine(pull.headSha, own, checks);
	return { remarks: [{ name: "C1", text }], failed };
}

async function readRemarks(
	parts: Parts,
	run: Run,
	{ id, pull, by }: AskedReview,
): Promise<Remark[]> {
	const { reader } = parts.connect(run.repository, run.id);
	const commentId = commentOf(id);
	if (commentId) {
		const comment = await reader.comment(commentId);
		const command = parseCommand(comment?.body ?? "");
		const text = [command?.args, command?.note].filter(Boolean).join("\n\n");
		if (!text) throw refused("it does not say what to change.");
		return [{ name: "C1", text }];
	}
	const reviewId = reviewOf(id);
	const review = reviewId && (await reader.review(pull, reviewId));
	return review ? remarksOf(review, by) : [];
}

/** Of what was said before, only what its author and we said: others do not steer. */
const remarksOf = (
	{ body, comments, earlier }: GivenReview,
	by: string,
): Remark[] =>
	[...comments.map(remarkOf), { text: body }]
		.filter(({ text }) => text.trim() !== "")
		.map((remark, i) => {
			const thread = "thread" in remark ? remark.thread : undefined;
			const before = earlier
				.filter((one) => one.thread === thread)
				.filter(({ author, ours }) => ours || author === by)
				.map(({ author, body: text }) => ({ by: author, text }));
			return {
				...{ name: `C${i + 1}`, ...remark },
				...(before.length > 0 ? { before } : {}),
			};
		});

const remarkOf = ({ body: text, path, line, thread }: ReviewComment) => ({
	...{ text, path, thread },
	...(line ? { line } : {}),
});

/** A lead that works at the pull request's head, as if it were the top. */
async function atPull(
	parts: Parts,
	agents: Agents,
	key: AttemptKey,
	run: Run,
	head: string,
): Promise<{ lead: Lead; built: StackedPull }> {
	const reports = await reportsOf(parts.db, run);
	const known = stackOf(reports).find(({ phase }) => phase === key.phase);
	if (!known) throw refused("what it brings is being made anew.");
	const pull = { ...known.pull, headSha: head };
	const name = reportNameOf(key.phase);
	const atHead = withBuilt(key.phase, reports[name], { pull });
	const lead = leadOf(parts, agents, key, {
		run,
		reports: { ...reports, [name]: atHead },
		earlier: {},
	});
	return { lead, built: { ...known, pull } };
}

/** In the remark's thread, or below the pull request where it has none. */
async function say(
	publisher: Publisher,
	run: Run,
	{ review, remarks, failed }: Begun,
	answer: Answer,
	{ built }: ReviewOutcome,
): Promise<void> {
	const { pull, id } = review;
	const key = `${id}-${answer.to}`;
	const commit = built?.pull.headSha;
	const body = renderAnswer({
		...{ run, key, answer },
		...(commit ? { commit } : {}),
		...(failed ? { failed } : {}),
	});
	const thread = remarks.find(({ name }) => name === answer.to)?.thread;
	if (thread) return publisher.answer({ pull, thread }, key, body);
	await publisher.comment(pull, key, body);
	const commentId = commentOf(id);
	if (commentId) await publisher.react(commentId, "rocket");
}

/** The report is kept first: the run points to it. */
async function tell(
	parts: Parts,
	key: AttemptKey,
	run: Run,
	built: ReviewOutcome["built"],
): Promise<void> {
	const taken = await takenBy(parts, key);
	if (built) {
		const report = (await reportsOf(parts.db, run))[reportNameOf(key.phase)];
		await saveReport(parts.db, key, withBuilt(key.phase, report, built));
	}
	await apply(parts, key.runId, {
		...{ type: "review-answered", ...key, ...taken },
		...(built ? { head: built.pull.headSha } : {}),
		at: new Date().toISOString(),
	});
}
