import { expect, test } from "vitest";
import { isOurs } from "../../src/github/ours.ts";

const us = { id: 4200, slug: "modelwright", login: "modelwright[bot]" };
const bot = { login: "modelwright[bot]", type: "Bot" };

test.each([
	["our bot through our app", bot, { id: 4200 }, true],
	["our bot on a server that does not name apps", bot, null, true],
	["our app under another bot name", { ...bot, login: "x[bot]" }, us, true],
	["another app", bot, { id: 1 }, false],
	["another bot", { ...bot, login: "other[bot]" }, null, false],
	["a person using our app", { login: "alice", type: "User" }, us, false],
	["a person named like us", { ...bot, type: "User" }, null, false],
	["nobody", null, null, false],
])("what %s wrote is ours or not", (_, user, app, ours) => {
	expect(isOurs({ user, performed_via_github_app: app }, us)).toBe(ours);
});
