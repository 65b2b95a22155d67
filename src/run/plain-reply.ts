// A reply in plain words, where phase 1 has asked and waits: it counts as an answer.
import { openQuestions } from "./answer-questions.ts";
import { type Command, parseCommand } from "./commands.ts";
import type { Run } from "./run.ts";

/**
 * The words of a comment that are its writer's own: without quoted lines.
 * Undefined when nothing is left, or when the comment commands, us or another bot.
 */
export function plainReply(body: string): string | undefined {
	const own = body
		.replace(/\r\n?/g, "\n")
		.split("\n")
		.filter((line) => !/^ {0,3}>/.test(line))
		.join("\n")
		.trim();
	if (own === "" || /^\/[A-Za-z]/.test(own) || parseCommand(body))
		return undefined;
	return own;
}

/** The reply as the command it stands for. */
export function asAnswer(reply: string): Command {
	const [args = "", ...rest] = reply.split("\n");
	return { verb: "answer", args: args.trim(), note: rest.join("\n").trim() };
}

/** Whether the run waits for an answer that no default can stand in for. */
export const awaitsReply = (run: Run): boolean =>
	run.state === "waiting" &&
	run.gate?.name === "requirements" &&
	openQuestions(run).some(({ blocking }) => blocking);
