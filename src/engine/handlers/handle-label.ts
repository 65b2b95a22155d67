// Somebody put a label on an issue: check who, check the configuration, begin a run.
import { DEFAULT_CONFIG } from "../../run/config.ts";
import { parseConfig } from "../../run/parse-config.ts";
import { mayStart } from "../../run/permissions.ts";
import { isLive, type Run } from "../../run/run.ts";
import {
	configFaults,
	noCommitYet,
	notOpen,
	startRefused,
} from "../../views/replies.ts";
import { apply, beginRun } from "../apply.ts";
import { type HintOf, taskOf } from "../hints.ts";
import type { Parts } from "../parts.ts";
import { readAhead } from "../read-ahead.ts";
import { readableText } from "../readable-text.ts";
import { newestRunOf, numberOf } from "../store/runs.ts";

type Labeled = HintOf<"labeled">;

export async function handleLabel(
	parts: Parts,
	hint: Labeled,
	delivery: number,
): Promise<void> {
	const { repository, issue, sender, senderId, label } = hint;
	const newest = await newestRunOf(parts.db, taskOf(hint));
	if (newest && isLive(newest))
		return labelAgain(parts, hint, newest, delivery);
	const { reader, publisher } = parts.connect(
		repository,
		`task/${repository.id}/${issue.number}`,
	);
	const read = parseConfig(await reader.configTexts());
	const { label: meant = DEFAULT_CONFIG.label } = read.ok ? read.config : read;
	if (label !== meant) return;
	const tell = (markdown: string) =>
		publisher.comment(issue.number, `label-${delivery}`, markdown);

	const [role, { open, locked, labels }, { defaultBranch: branch }] =
		await Promise.all([
			reader.roleOf(sender),
			reader.issue(issue.number),
			reader.repository(),
		]);
	if (!mayStart(role)) {
		await tell(startRefused(sender, role));
		return;
	}
	// Told late, and taken off again by now.
	if (!labels.includes(label)) return;
	if (!open || locked) {
		await tell(notOpen(open ? "locked" : "closed"));
		return;
	}
	const [sha, text] = await Promise.all([
		reader.branchHead(branch),
		readableText(reader, repository, issue),
		publisher.reactToIssue(issue.number, "eyes"),
	]);
	if (!read.ok) {
		await tell(configFaults(read.faults));
		return;
	}
	if (!sha) {
		await tell(noCommitYet(branch));
		return;
	}
	const beginning = {
		id: `${repository.id}/${issue.number}/${newest ? numberOf(newest.id) + 1 : 1}`,
		repository,
		issue: { ...issue, ...text },
		requestedBy: sender,
		...(senderId ? { requesterId: senderId } : {}),
		base: { branch, sha },
		config: read.config,
		at: new Date().toISOString(),
	};
	readAhead(parts, beginning);
	await beginRun(parts, beginning, delivery);
}

/** Put back after a pause, or put on once more; taken off again by now, it counts for nothing. */
async function labelAgain(
	parts: Parts,
	{ repository, issue, sender, label }: Labeled,
	run: Run,
	delivery: number,
): Promise<void> {
	if (label !== run.config.label) return;
	const { reader } = parts.connect(repository, run.id);
	if (!mayStart(await reader.roleOf(sender))) return;
	if (!(await reader.issue(issue.number)).labels.includes(label)) return;
	const at = new Date().toISOString();
	await apply(parts, run.id, { type: "label-added", by: sender, at }, delivery);
}
