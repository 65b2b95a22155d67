import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { makeSemaphores } from "../../src/model/semaphore.ts";

const signal = new AbortController().signal;

function counting() {
	const seen = { now: 0, most: 0 };
	const work = async () => {
		seen.most = Math.max(seen.most, ++seen.now);
		await sleep(5);
		seen.now--;
	};
	return { seen, work };
}

test("as many work at once as the limit says, never more", async () => {
	const places = makeSemaphores(3);
	const { seen, work } = counting();
	await Promise.all(
		Array.from({ length: 12 }, () => places.run("a", work, signal)),
	);
	expect(seen).toEqual({ now: 0, most: 3 });
});

test("installations do not wait for each other", async () => {
	const places = makeSemaphores(1);
	const { seen, work } = counting();
	await Promise.all(
		["a", "b", "c"].map((key) => places.run(key, work, signal)),
	);
	expect(seen.most).toBe(3);
});

test("a place is given back when the work fails", async () => {
	const places = makeSemaphores(1);
	const fails = () => Promise.reject(new Error("no"));
	await expect(places.run("a", fails, signal)).rejects.toThrow("no");
	await expect(places.run("a", async () => "yes", signal)).resolves.toBe("yes");
});

test("who is called off while waiting leaves the line", async () => {
	const places = makeSemaphores(1);
	const stop = new AbortController();
	const first = Promise.withResolvers<void>();
	const busy = places.run("a", () => first.promise, signal);
	const waiting = places.run("a", async () => "never", stop.signal);
	const behind = places.run("a", async () => "served", signal);
	stop.abort(new Error("cancelled"));
	await expect(waiting).rejects.toThrow("cancelled");
	first.resolve();
	await busy;
	await expect(behind).resolves.toBe("served");
});
