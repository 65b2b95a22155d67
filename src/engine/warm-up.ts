// Agents never start side by side on a cold cache: after a long pause one
// request that generates nothing takes in what their prompts have in common.
import type { Assignment } from "../agents/assignment.ts";
import { firstManner } from "../agents/manner.ts";
import { firstPrompt } from "../agents/prompt/first-prompt.ts";
import type { Prompt } from "../model/messages.ts";
import { isStillWarm, paysToWarm, warmingFor } from "../model/warming.ts";
import { worldOf } from "./agent-world.ts";
import type { Parts } from "./parts.ts";
import { type AttemptKey, readAttempt } from "./store/attempts.ts";
import { idleSeconds } from "./store/idle.ts";
import { makeLedger } from "./store/turns.ts";
import { agentWorkflowId } from "./workflow-ids.ts";

const NAME = "warm-up";

/**
 * `nth`: counts the fan-outs of one attempt. Must be a journal's step, for it
 * looks at the clock and spends money. A failure costs no more than it would
 * have saved, so it stops nobody.
 */
export async function warmUp(
	parts: Parts,
	key: AttemptKey,
	nth: number,
	assignments: readonly Assignment[],
	signal: AbortSignal,
): Promise<void> {
	try {
		const { run } = await readAttempt(parts.db, key);
		const groups = Map.groupBy(
			assignments,
			({ role }) => firstManner(role, run.config.models).model,
		);
		for (const [model, group] of groups) {
			const prompt = await warming(parts, key, model, group);
			if (prompt) await send(parts, key, nth, prompt, signal);
		}
	} catch (error) {
		signal.throwIfAborted();
		parts.log.warn({ ...key, error }, "the cache was not warmed");
	}
}

/** For agents of one model; undefined where it does not pay. */
async function warming(
	parts: Parts,
	key: AttemptKey,
	model: string,
	assignments: readonly Assignment[],
): Promise<Prompt | undefined> {
	const idle = await idleSeconds(parts.db, key.runId, model);
	if (assignments.length < 2 || isStillWarm(idle)) return undefined;
	const prompts: Prompt[] = [];
	for (const assignment of assignments) {
		const world = await worldOf(parts, key, assignment);
		const manner = firstManner(assignment.role, world.run.config.models);
		prompts.push(await firstPrompt(assignment, world, manner));
	}
	const shared = warmingFor(prompts);
	return shared && paysToWarm(shared, prompts.length, idle)
		? shared
		: undefined;
}

async function send(
	{ db, model, executor }: Parts,
	key: AttemptKey,
	nth: number,
	prompt: Prompt,
	signal: AbortSignal,
): Promise<void> {
	const { run } = await readAttempt(db, key);
	const conversation = agentWorkflowId(key, NAME);
	await model.turn({
		installation: String(run.repository.installationId),
		// One account a model: their turns must not be taken for one another.
		conversation: `${conversation}/${prompt.model}`,
		turn: nth,
		agent: `lead/${NAME}`,
		prompt,
		ledger: makeLedger(db, run.id, executor),
		signal,
	});
}
