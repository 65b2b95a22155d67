// The status comment, rendered from the run's newest state. Within this process
// one write per run at a time, so an older state never overwrites a newer one;
// whoever asks while a write waits for its turn is served by that write.
import { stackOf } from "../reports/stack.ts";
import { renderStatus } from "../views/status-comment.ts";
import { longestLateJob } from "./late-jobs.ts";
import { moneyNow } from "./money.ts";
import type { Parts } from "./parts.ts";
import { reportsOf } from "./store/reports.ts";
import { readRun } from "./store/runs.ts";
import { waitsUntil } from "./wait-times.ts";

interface Writing {
	readonly now: Promise<void>;
	next?: Promise<void>;
}

const writing = new Map<string, Writing>();

export function showStatus(parts: Parts, runId: string): Promise<void> {
	const before = writing.get(runId);
	if (!before) return begin(parts, runId);
	before.next ??= before.now.catch(() => {}).then(() => begin(parts, runId));
	return before.next;
}

function begin(parts: Parts, runId: string): Promise<void> {
	const mine: Writing = { now: write(parts, runId) };
	writing.set(runId, mine);
	const forget = () => {
		if (writing.get(runId) === mine && !mine.next) writing.delete(runId);
	};
	mine.now.then(forget, forget);
	return mine.now;
}

async function write(parts: Parts, runId: string): Promise<void> {
	const run = await readRun(parts.db, runId);
	if (!run) return;
	const { publisher } = parts.connect(run.repository, run.id);
	const [reports, money] = await Promise.all([
		reportsOf(parts.db, run),
		moneyNow(parts.db, run),
	]);
	const pulls = stackOf(reports).map(({ phase, pull }) => ({
		...{ phase, number: pull.number, url: pull.url },
	}));
	const waiting = waitsUntil(runId);
	const lateJob = longestLateJob(runId);
	await publisher.status(
		run.issue.number,
		renderStatus(run, {
			now: new Date().toISOString(),
			...(waiting ? { waitsUntil: waiting } : {}),
			...(lateJob ? { lateJob } : {}),
			...money,
			links: { pulls },
		}),
	);
}
