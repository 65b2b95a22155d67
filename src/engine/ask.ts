// The comment that asks at a gate: a bare /approve counts only while that
// comment is as we posted it, and older than the command.
import type { Reader } from "../github/reading.ts";
import { sha256 } from "../run/digest.ts";
import type { Run } from "../run/run.ts";
import type { Connection } from "./database.ts";
import type { AttemptKey } from "./store/attempts.ts";
import { makeMemory } from "./store/published.ts";

interface Ask {
	readonly commentId: number;
	readonly digest: string;
}

const memoryKey = ({ phase, attempt }: { phase: number; attempt: number }) =>
	`ask-${phase}-${attempt}`;

/** Remembers the comment as GitHub shows it right after it was posted; once. */
export async function rememberAsk(
	db: Connection,
	reader: Reader,
	key: AttemptKey,
	commentId: number,
): Promise<void> {
	const memory = makeMemory(db, key.runId);
	if (await memory.recall(memoryKey(key))) return;
	const comment = await reader.comment(commentId);
	if (!comment) return;
	const ask: Ask = { commentId, digest: sha256(comment.body) };
	await memory.remember(memoryKey(key), ask);
}

export async function askUnchanged(
	db: Connection,
	reader: Reader,
	run: Run,
	commandAt: string,
): Promise<boolean> {
	if (!run.gate) return false;
	const memory = makeMemory(db, run.id);
	const ask = (await memory.recall(memoryKey(run.gate))) as Ask | undefined;
	const comment = ask && (await reader.comment(ask.commentId));
	if (!comment) return false;
	const isOlder = Date.parse(comment.createdAt) <= Date.parse(commandAt);
	return isOlder && sha256(comment.body) === ask.digest;
}
