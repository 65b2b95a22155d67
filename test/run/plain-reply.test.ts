import { describe, expect, it } from "vitest";
import { advance } from "../../src/run/advance.ts";
import {
	asAnswer,
	awaitsReply,
	plainReply,
} from "../../src/run/plain-reply.ts";
import { AT, begun, done } from "../support/runs.ts";

const asking = (blocking: boolean) => {
	const { run } = begun();
	const question = { number: 1, question: "Known?", safeReading: "no" };
	return advance(run, {
		...done(run, {
			...{ name: "requirements", command: "/answer 1 no" },
			question: "Known?",
		}),
		questions: [{ ...question, blocking }],
	} as never).run;
};

describe("a reply in plain words", () => {
	it("is its writer's own words, without what they quote", () => {
		expect(plainReply("> Is it known?\r\n\r\nYes, it is.")).toBe("Yes, it is.");
	});

	it("keeps the words around a piece of code", () => {
		const body = "Yes:\n```py\nKNOWN = True\n```\nas the README says.";
		expect(plainReply(body)).toBe("Yes:\nas the README says.");
	});

	it.each([
		["only quotes", "> yes\n> it is"],
		["is empty", " \n "],
		["is a command of ours", "/approve 3fa9c1d2"],
		["is somebody else's command", "/deploy now"],
		["quotes first and then commands", "> ok\n/deploy now"],
		["is all code", "```\n/approve\n```\n~~~\nyes\n~~~"],
		["is code that is never closed", "```\nyes"],
		["calls somebody else", "@carol what do you think?"],
	])("is none when it %s", (_, body) => {
		expect(plainReply(body)).toBeUndefined();
	});

	it("becomes an answer with all its lines", () => {
		const command = asAnswer("1. yes\n2. weekly\nat night");
		expect(command).toEqual({
			...{ verb: "answer", args: "1. yes", note: "2. weekly\nat night" },
		});
	});

	it("is waited for only at the gate of phase 1, with a blocking question open", () => {
		const run = asking(true);
		expect(awaitsReply(run)).toBe(true);
		expect(awaitsReply(asking(false))).toBe(false);
		expect(awaitsReply({ ...run, state: "paused" })).toBe(false);
		const answered = advance(run, {
			type: "command",
			command: asAnswer("yes"),
			...{ by: "alice", role: "triage", from: { commentId: 1 }, at: AT },
			facts: { askUnchanged: true },
		}).run;
		expect(answered.notes[0]).toMatchObject({ text: "yes", question: 1 });
		expect(awaitsReply(answered)).toBe(false);
	});
});
