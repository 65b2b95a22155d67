// Asks for the merge that a run waits for: out of draft, onto the right branch,
// then a comment. What was merged before anybody asked is noticed here.
import { messageOf } from "../errors.ts";
import type { Publisher } from "../github/publisher.ts";
import { awaitedPulls, baseNow } from "../run/awaited-pulls.ts";
import type { Order } from "../run/order.ts";
import type { Run } from "../run/run.ts";
import { renderMergeAsk } from "../views/merge-ask.ts";
import { isLasting } from "./back-off.ts";
import { followPulls } from "./follow-pulls.ts";
import type { Parts } from "./parts.ts";
import { readRun } from "./store/runs.ts";

export async function askForMerge(
	parts: Parts,
	runId: string,
	order: Extract<Order, { do: "ask-merge" }>,
): Promise<void> {
	const before = await readRun(parts.db, runId);
	if (!before || !isAsking(before, order)) return;
	const standing = await followPulls(parts, before);
	const run = await readRun(parts.db, runId);
	const gate = run && isAsking(run, order);
	if (!gate) return;
	const { publisher } = parts.connect(run.repository, run.id);
	const awaited = new Set(awaitedPulls(run).map(({ number }) => number));
	const notes: string[] = [];
	for (const { number, state, base } of standing) {
		if (!awaited.has(number) || state !== "open") continue;
		const fault = await makeReady(publisher, number, baseNow(run, { base }));
		if (fault) notes.push(`#${number}: ${fault}`);
	}
	const pulls = standing.filter(({ number }) => awaited.has(number));
	await publisher.comment(
		run.issue.number,
		`merge-${order.phase}-${order.attempt}`,
		renderMergeAsk({ run, gate, pulls, notes }),
	);
}

/** What keeps it from being merged, in words; the merge is asked for all the same. */
async function makeReady(
	publisher: Publisher,
	number: number,
	base: string,
): Promise<string | undefined> {
	try {
		const { nodeId } = await publisher.editPull(number, { base });
		const marked = await publisher.markReady(nodeId);
		return marked.ok ? undefined : marked.message;
	} catch (error) {
		if (!isLasting(error)) throw error;
		return messageOf(error);
	}
}

const isAsking = (
	{ gate }: Run,
	{ phase, attempt }: { phase: number; attempt: number },
) =>
	gate?.name === "stack" && gate.phase === phase && gate.attempt === attempt
		? gate
		: undefined;
