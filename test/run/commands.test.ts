import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/run/commands.ts";

describe("a comment gives a command", () => {
	it.each([
		["/approve", "approve", "", ""],
		["/approve 3fa9c1d2", "approve", "3fa9c1d2", ""],
		["\n\n/Approve  3fa9c1d2 \r\nthanks!", "approve", "3fa9c1d2", "thanks!"],
		["  /fix F1,F3", "fix", "F1,F3", ""],
		["/revise\nuse fewer trees", "revise", "", "use fewer trees"],
	])("%j", (body, verb, args, note) => {
		expect(parseCommand(body)).toEqual({ verb, args, note });
	});
});

describe("a comment gives no command when", () => {
	it.each([
		["the command is quoted", "> /approve"],
		["it stands in a code fence", "```\n/approve\n```"],
		["it stands in inline code", "`/approve`"],
		["it is indented as code", "    /approve"],
		["it is not on the first line", "I think we should\n/approve"],
		["the verb belongs to another bot", "/lgtm"],
		["the verb only begins like ours", "/approved"],
		["it is a path", "/approve/this"],
		["the verb is an object's property", "/constructor"],
		["the comment is empty", "  \n "],
	])("%s", (_why, body) => {
		expect(parseCommand(body)).toBeUndefined();
	});
});
