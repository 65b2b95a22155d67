import type { Fault } from "./faults.ts";
import type { Answering } from "./reply.ts";
import type { ModelRequest } from "./request.ts";

/** A string must equal names and occur in texts; a pattern must match. */
type Pattern = string | RegExp;

/** All that is named must hold. */
export interface When {
	/** `<role>/<name>`. */
	agent?: Pattern;
	role?: Pattern;
	/** The assignment's name. */
	assignment?: Pattern;
	phase?: number | readonly number[];
	/** From 1. */
	turn?: number;
	model?: Pattern;
	system?: Pattern;
	/** Any text of the user's side. */
	user?: Pattern;
	/** A tool that must be on offer. */
	offers?: string;
	/** A result of the last answer's calls. */
	result?: { name?: string; text?: Pattern };
}

/**
 * The first rule that matches answers. A rule with a fault and no reply lets
 * the next matching rule say what the fault then spoils.
 */
export interface Rule {
	name: string;
	when?: When | ((request: ModelRequest) => boolean);
	/** How often it applies; without it, always. */
	times?: number;
	reply?: Answering;
	fault?: Fault;
}

export interface Match {
	/** Names of the rules at work, joined by " + ". */
	name: string;
	reply?: Answering;
	fault?: Fault;
}

/** Remembers how often each rule was used; rules may be added at any time. */
export class RuleBook {
	readonly rules: Rule[];
	readonly #used = new Map<Rule, number>();

	constructor(rules: Rule[]) {
		this.rules = rules;
	}

	/** `fault` comes from outside the book and goes before any rule's own. */
	match(request: ModelRequest, fault?: Fault): Match | undefined {
		const match: Match = { name: "", ...maybe(fault) };
		for (const rule of this.rules) {
			if (!this.#isLeft(rule) || !matches(rule, request)) continue;
			if (rule.reply === undefined && match.fault) continue;
			match.name = match.name ? `${match.name} + ${rule.name}` : rule.name;
			// A reply nobody gets whole is not used up: the client asks again.
			const isLost = match.fault && match.fault.kind !== "slow";
			if (!isLost) this.#used.set(rule, (this.#used.get(rule) ?? 0) + 1);
			Object.assign(match, maybe(match.fault ?? rule.fault));
			if (rule.reply !== undefined) return { ...match, reply: rule.reply };
		}
		return match.fault && match;
	}

	#isLeft(rule: Rule): boolean {
		return (
			(this.#used.get(rule) ?? 0) < (rule.times ?? Number.POSITIVE_INFINITY)
		);
	}
}

const maybe = (fault: Fault | undefined) => (fault ? { fault } : {});

export function matches({ when }: Rule, request: ModelRequest): boolean {
	if (!when) return true;
	if (typeof when === "function") return when(request);
	const { phase, result } = when;
	return (
		equals(when.agent, request.agent) &&
		equals(when.role, request.role) &&
		equals(when.assignment, request.assignment) &&
		equals(when.model, request.model) &&
		occurs(when.system, request.system) &&
		occurs(when.user, request.userText) &&
		(phase === undefined || [phase].flat().includes(request.phase ?? 0)) &&
		(when.turn === undefined || when.turn === request.turn) &&
		(when.offers === undefined ||
			request.tools.some((tool) => tool.name === when.offers)) &&
		(result === undefined ||
			request.lastCalls.some(
				(call) =>
					equals(result.name, call.name) && occurs(result.text, call.text),
			))
	);
}

function equals(pattern: Pattern | undefined, value = ""): boolean {
	return typeof pattern === "string"
		? pattern === value
		: (pattern?.test(value) ?? true);
}

function occurs(pattern: Pattern | undefined, value: string): boolean {
	return typeof pattern === "string"
		? value.includes(pattern)
		: (pattern?.test(value) ?? true);
}
