import { authorize } from "./authorize.ts";
import type { Answer, Call } from "./call.ts";
import type { OperationId } from "./operations.ts";
import { isWrite } from "./operations.ts";
import { notFound, Problem } from "./problem.ts";
import { routes } from "./routes/routes.ts";
import { type Account, findRepository, type Repository } from "./state.ts";
import type { Outgoing } from "./webhooks/courier.ts";
import type { Caller, World } from "./world.ts";

export interface Request {
	id: OperationId;
	path: string;
	params: Record<string, string>;
	query: URLSearchParams;
	body: unknown;
	accept: string;
	caller: Caller;
}

/** The webhooks must go out only after the answer. */
export interface Performed {
	answer: Answer;
	outbox: Outgoing[];
}

const GHOST: Account = {
	id: 0,
	login: "ghost",
	type: "User",
	createdAt: "1970-01-01T00:00:00Z",
};

/** Answers one operation, whoever asks it and by whatever way. Must not throw. */
export async function perform(
	world: World,
	request: Request,
): Promise<Performed> {
	const { id, caller } = request;
	let done: Performed;
	try {
		done = await answerOrThrow(world, request);
	} catch (error) {
		done = { answer: failure(world, id, error), outbox: [] };
	}
	const { status, body, raw } = done.answer;
	const faults = raw ? [] : world.contract.answerFaults(id, status, body);
	if (faults.length > 0)
		world.violations.push({ where: "answer", what: id, faults });
	const by = caller.account?.login ?? "nobody";
	world.calls.push({ operation: id, status, write: isWrite(id), by });
	return done;
}

/** The same without a trace of the call: for what GraphQL offers too. Throws Problems. */
export async function answerOrThrow(
	world: World,
	request: Request,
): Promise<Performed> {
	const { id, caller, params } = request;
	const repository = namedRepository(world, params);
	authorize(id, caller, repository, params);
	checkRequest(world, request);
	return failing(world, id, async () => {
		const call = createCall(world, request, repository);
		const handler = routes[id];
		const work = async (): Promise<Answer> => handler(call);
		const answer =
			isWrite(id) && repository
				? await world.serially(repository.id, work)
				: await work();
		if (answer.body !== undefined)
			answer.body = world.contract.completeAnswer(
				id,
				answer.status,
				answer.body,
			);
		return { answer, outbox: call.outbox };
	});
}

/** Goes wrong where a test armed a fault under this name. */
export async function failing(
	world: World,
	name: string,
	work: () => Promise<Performed>,
): Promise<Performed> {
	const fault = world.faults.takeCall(name);
	if (fault?.kind === "fail") throw new Problem(fault.status, "Server Error");
	if (fault?.kind === "refuse") throw new Problem(422, "Validation Failed");
	if (fault?.kind === "limit") throw limited(fault.retryAfterSeconds);
	if (fault?.kind === "slow")
		await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
	const done = await work();
	return fault?.kind === "fail-afterwards"
		? { ...done, answer: bodyOf(new Problem(502, "Server Error")) }
		: done;
}

function namedRepository(
	world: World,
	{ owner, repo }: Record<string, string>,
): Repository | null {
	if (owner === undefined) return null;
	const repository = findRepository(world.state, `${owner}/${repo}`);
	if (!repository) throw notFound();
	return repository;
}

function checkRequest(world: World, { id, query, body }: Request): void {
	const faults = world.contract.requestFaults(id, query, body);
	if (faults.length === 0) return;
	world.violations.push({ where: "request", what: id, faults });
	throw new Problem(422, `Invalid request.\n\n${faults.join("\n")}`);
}

function createCall(
	world: World,
	request: Request,
	repository: Repository | null,
): Call {
	return {
		...request,
		world,
		actor: request.caller.account ?? GHOST,
		viaApp: request.caller.kind !== "person",
		outbox: [],
		get repository() {
			if (!repository) throw new Error(`${request.id} names no repository.`);
			return repository;
		},
	};
}

function limited(seconds: number): Problem {
	return new Problem(
		403,
		"You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
		undefined,
		{ "retry-after": String(seconds) },
	);
}

/** A fault of the forge itself is a violation, so that no test passes over it. */
function failure(world: World, id: OperationId, error: unknown): Answer {
	if (error instanceof Problem) return bodyOf(error);
	const text = error instanceof Error ? (error.stack ?? error.message) : "";
	world.violations.push({ where: "answer", what: id, faults: [text] });
	return bodyOf(new Problem(500, "Server Error"));
}

export function bodyOf(problem: Problem): Answer {
	return {
		status: problem.status,
		body: {
			message: problem.message,
			...(problem.errors && { errors: problem.errors }),
			documentation_url: "https://docs.github.com/rest",
			status: String(problem.status),
		},
		headers: { ...problem.headers },
	};
}
