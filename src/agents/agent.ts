// One agent at its assignment: what surrounds its conversation with the model.
import type { ModelFailure } from "../model/faults.ts";
import type { SubmissionKind } from "../reports/submissions.ts";
import type { Config } from "../run/config.ts";
import type { Assignment } from "./assignment.ts";
import { talk } from "./conversation.ts";
import { failed } from "./failed.ts";
import type { Journal } from "./journal.ts";
import { firstManner, mannerAfter } from "./manner.ts";
import { maySubmit } from "./tools/submit.ts";
import type { Outcome, World } from "./world.ts";

/**
 * Must not throw, whatever the model, a tool or the ledger does. Only what the
 * journal itself throws passes through: that is its owner's way to stop.
 */
export async function converse<K extends SubmissionKind>(
	assignment: Assignment<K>,
	world: World,
): Promise<Outcome<K>> {
	const spent = { turns: 0, usd: 0 };
	const stopped: unknown[] = [];
	const noting = (error: unknown) => {
		stopped.push(error);
		throw error;
	};
	const journal: Journal = {
		step: (name, work) => world.journal.step(name, work).catch(noting),
		sleep: (ms) => world.journal.sleep(ms).catch(noting),
	};
	try {
		const { role, submit } = assignment;
		if (!maySubmit(role, submit))
			return failed("internal", `${role} cannot hand in "${submit}".`, spent);
		return await tryManners(assignment, { ...world, journal }, spent);
	} catch (error) {
		if (stopped.length > 0) throw stopped[0];
		world.log.error({ error }, "a conversation broke");
		return failed(
			"internal",
			"The agent's conversation broke through a fault of this server.",
			spent,
		);
	}
}

/** Begins anew in another manner where that can help; each conversation is asked for once. */
async function tryManners<K extends SubmissionKind>(
	assignment: Assignment<K>,
	world: World,
	spent: { turns: number; usd: number },
): Promise<Outcome<K>> {
	const { conversation, log, run } = world;
	const { models } = run.config;
	let manner = firstManner(assignment.role, models);
	for (let nth = 1; ; nth++) {
		const outcome = await talk(assignment, nthOf(world, nth), spent, manner);
		if (outcome.ok) return outcome;
		const { failure } = outcome;
		const next = mannerAfter(failure, manner, models);
		if (!next) return { ...outcome, failure: withRemedy(failure, models) };
		log.warn({ conversation, failure, next }, "a conversation begins anew");
		manner = next;
	}
}

function withRemedy(failure: ModelFailure, models: Config["models"]) {
	if (failure.kind !== "refusal" || models.fallback) return failure;
	const message = `${failure.message} With models.fallback, the configuration may name another model for such a case.`;
	return { ...failure, message };
}

/** A further conversation has an account and journal entries of its own. */
function nthOf(world: World, nth: number): World {
	if (nth === 1) return world;
	const { conversation, journal } = world;
	return {
		...world,
		conversation: `${conversation}+${nth}`,
		journal: {
			...journal,
			step: (name, work) => journal.step(`conversation ${nth}, ${name}`, work),
		},
	};
}
