// The slash commands people give in comments.

/** Every verb with how it is written and what it does, as /help shows it. */
export const VERBS = {
	approve: [
		"/approve [digest] [accept R1,R2]",
		"accept what is asked for at the open gate, and the critical risks you name",
	],
	revise: [
		"/revise [phase] <what to change>",
		"redo the phases your remark touches",
	],
	choose: [
		"/choose baseline|state-of-the-art|pragmatic",
		"take another approach; phases 5 and 6 follow anew",
	],
	answer: ["/answer [number] <text>", "answer an open question"],
	risk: [
		"/risk R1 accept|modify|block [reason]",
		"rule on a risk: live with it, have the design changed, or go no further",
	],
	fix: ["/fix all|F1,F3|none", "say which findings are to be fixed"],
	dismiss: [
		"/dismiss F2 <reason>",
		"let findings stand as they are; they are not shown again",
	],
	retry: [
		"/retry [phase]",
		"run the phase that failed, or an earlier one, again",
	],
	pause: ["/pause", "stop at the next safe point"],
	resume: ["/resume", "go on after /pause"],
	cancel: ["/cancel", "end this run; nothing is deleted"],
	budget: [
		"/budget [phase|agent] <usd>",
		"set what this run, one of its phases or one of its agents may spend",
	],
	status: ["/status", "say where the run stands"],
	help: ["/help", "list the commands"],
} as const satisfies Record<string, readonly [usage: string, effect: string]>;
export type Verb = keyof typeof VERBS;

export interface Command {
	readonly verb: Verb;
	/** The rest of the command's line, trimmed. */
	readonly args: string;
	/** The comment's text below that line, trimmed. */
	readonly note: string;
}

const isVerb = (word: string): word is Verb => Object.hasOwn(VERBS, word);

/**
 * The command a comment gives: its first non-empty line, which must begin with
 * `/verb`. Quotes, code and later lines never command (they may be somebody
 * else's words), and unknown verbs belong to other bots.
 */
export function parseCommand(body: string): Command | undefined {
	const lines = body.replace(/\r\n?/g, "\n").split("\n");
	const first = lines.findIndex((line) => line.trim() !== "");
	const match = /^ {0,3}\/([A-Za-z]+)(?:[ \t]+(.*))?$/.exec(
		(lines[first] ?? "").trimEnd(),
	);
	const verb = match?.[1]?.toLowerCase();
	if (!verb || !isVerb(verb)) return undefined;
	return {
		verb,
		args: (match?.[2] ?? "").trim(),
		note: lines
			.slice(first + 1)
			.join("\n")
			.trim(),
	};
}

/** The command as one line, for the decision log. */
export const writeCommand = (command: Command) =>
	`/${command.verb}${command.args ? ` ${command.args}` : ""}`;
