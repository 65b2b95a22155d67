import { expect, test } from "vitest";
import { deadline } from "../../../src/ml/python/deadline.ts";

function work(milliseconds: number): void {
	const start = process.cpuUsage().user;
	while (process.cpuUsage().user - start < milliseconds * 1_000);
}

test("waiting does not count as work", async () => {
	const isOver = deadline(20);
	await new Promise((done) => setTimeout(done, 60));
	expect(isOver()).toBe(false);
});

test("work ends in time", () => {
	const isOver = deadline(20);
	work(40);
	expect(isOver()).toBe(true);
});
