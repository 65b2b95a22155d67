// The status comment, rendered from the run's newest state. Within this process
// one write per run at a time, so an older state never overwrites a newer one.
import { stackOf } from "../reports/stack.ts";
import { renderStatus } from "../views/status-comment.ts";
import type { Parts } from "./parts.ts";
import { reportsOf } from "./store/reports.ts";
import { readRun } from "./store/runs.ts";
import { spentUsd } from "./store/turns.ts";

const writing = new Map<string, Promise<void>>();

export function showStatus(parts: Parts, runId: string): Promise<void> {
	const before = writing.get(runId) ?? Promise.resolve();
	const written = before.catch(() => {}).then(() => write(parts, runId));
	writing.set(runId, written);
	const forget = () => {
		if (writing.get(runId) === written) writing.delete(runId);
	};
	written.then(forget, forget);
	return written;
}

async function write(parts: Parts, runId: string): Promise<void> {
	const run = await readRun(parts.db, runId);
	if (!run) return;
	const { publisher } = parts.connect(run.repository, run.id);
	const pulls = stackOf(await reportsOf(parts.db, run)).map(
		({ phase, pull }) => ({ phase, number: pull.number, url: pull.url }),
	);
	await publisher.status(
		run.issue.number,
		renderStatus(run, {
			now: new Date().toISOString(),
			spentUsd: await spentUsd(parts.db, runId),
			links: { pulls },
		}),
	);
}
