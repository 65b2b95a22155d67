// A reply in plain words, where phase 1 has asked and waits: it counts as an answer.
import { openQuestions } from "./answer-questions.ts";
import { type Command, parseCommand } from "./commands.ts";
import type { Run } from "./run.ts";

/**
 * The words of a comment that are its writer's own: without quotes and code.
 * Undefined when nothing is left, when the comment commands, us or another bot,
 * and when it begins by calling somebody else.
 */
export function plainReply(body: string): string | undefined {
	const own = withoutCode(body.replace(/\r\n?/g, "\n").split("\n"))
		.filter((line) => !/^ {0,3}>/.test(line))
		.join("\n")
		.trim();
	if (own === "" || /^(?:\/[A-Za-z]|@)/.test(own) || parseCommand(body))
		return undefined;
	return own;
}

/** Code blocks go with their fences; one that is never closed goes to the end. */
function withoutCode(lines: readonly string[]): string[] {
	let fence = "";
	return lines.filter((line) => {
		const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
		if (fence === "") fence = mark;
		else if (mark.startsWith(fence)) {
			fence = "";
			return false;
		}
		return fence === "";
	});
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
