// Works stored items off: those of one lane one after the other, lanes side by
// side, so that a run whose GitHub is slow never holds up another run.
import { type Pump, startPump } from "./pump.ts";

export interface Lanes<T> {
	/** Items whose time has come, in order, without those of the busy lanes. */
	readonly due: (busy: readonly string[]) => Promise<readonly T[]>;
	readonly laneOf: (item: T) => string;
	/** False: the rest of the lane has to wait. Must not throw. */
	readonly work: (item: T) => Promise<boolean>;
	readonly everyMs: number;
	readonly onError: (error: unknown) => void;
}

export function startLanes<T>(lanes: Lanes<T>): Pump {
	const busy = new Map<string, Promise<void>>();

	async function inOrder(items: readonly T[]) {
		for (const item of items) if (!(await lanes.work(item))) return;
	}

	const pump = startPump(
		async () => {
			const due = await lanes.due([...busy.keys()]);
			for (const [lane, items] of Map.groupBy(due, lanes.laneOf)) {
				const done = inOrder(items)
					.catch(lanes.onError)
					.finally(() => {
						busy.delete(lane);
						pump.wake();
					});
				busy.set(lane, done);
			}
		},
		lanes.everyMs,
		lanes.onError,
	);

	return {
		wake: pump.wake,
		async stop() {
			await pump.stop();
			await Promise.all(busy.values());
		},
	};
}
