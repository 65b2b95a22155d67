// Takes over from dead processes. Each process holds an advisory lock on a
// connection of its own, so the lock ends when the process does, however it
// ends; work of a process whose lock is free is resumed by whoever sees it first.
import { createHash } from "node:crypto";
import { DBOS, type WorkflowStatus } from "@dbos-inc/dbos-sdk";
import pg from "pg";
import type { Log } from "./log.ts";
import { type Pump, startPump } from "./pump.ts";

export interface TakeoverOptions {
	readonly url: string;
	/** This process's name among all that share the database. */
	readonly executor: string;
	/** The workflows a dead process left behind; gives those to be resumed. */
	readonly onDeath: (
		executor: string,
		workflowIds: readonly string[],
	) => Promise<readonly string[]>;
	/** Our lease is gone: others may be doing our work, so this process must end at once. */
	readonly onLost: (error: Error) => void;
	readonly log: Log;
	readonly everyMs?: number;
}

export interface Takeover {
	stop(): Promise<void>;
}

const LIGHT = {
	status: "PENDING",
	loadInput: false,
	loadOutput: false,
} as const;

/** Holds our lease and sweeps, the first time before it returns. */
export async function startTakeover(
	options: TakeoverOptions,
): Promise<Takeover> {
	const { url, executor, log, onLost, everyMs = 2_000 } = options;
	const lease = new pg.Client({
		connectionString: url,
		keepAlive: true,
		application_name: `lease ${executor}`,
	});
	await lease.connect();
	let leaving = false;
	const lost = (error?: Error) => {
		if (!leaving) onLost(error ?? new Error("the connection ended"));
	};
	lease.on("error", lost);
	lease.on("end", () => lost());
	await lease.query("set idle_session_timeout = 0");
	if (!(await tryLock(lease, executor)))
		throw new Error(`the executor name ${executor} is in use`);

	await sweep(lease, options);
	const pump: Pump = startPump(
		() => sweep(lease, options),
		everyMs,
		(error) => log.error({ error }, "the sweep for dead processes failed"),
	);
	return {
		async stop() {
			leaving = true;
			await pump.stop();
			await lease.end();
		},
	};
}

async function sweep(
	lease: pg.Client,
	{ executor, onDeath, log }: TakeoverOptions,
): Promise<void> {
	const pending = await DBOS.listWorkflows(LIGHT);
	const others = new Set(pending.map(({ executorId }) => executorId));
	others.delete(executor);
	for (const other of others) {
		if (!other || !(await tryLock(lease, other))) continue;
		try {
			// Listed again under the lock: somebody else may have been here.
			const left = await DBOS.listWorkflows({ ...LIGHT, executorId: other });
			if (left.length === 0) continue;
			const { ours = [], outdated = [] } = Object.groupBy(left, (workflow) =>
				workflow.applicationVersion === DBOS.applicationVersion
					? "ours"
					: "outdated",
			);
			// Their steps were others; reconciling tells their runs.
			await DBOS.cancelWorkflows(outdated.map(idOf), { cancelChildren: true });
			const resumed = await onDeath(other, ours.map(idOf));
			if (resumed.length > 0) await DBOS.resumeWorkflows([...resumed]);
			log.info({ executor: other, resumed }, "took over from a dead process");
		} finally {
			await lease.query("select pg_advisory_unlock($1)", [keyOf(other)]);
		}
	}
}

async function tryLock(lease: pg.Client, executor: string): Promise<boolean> {
	const answer = await lease.query<{ ok: boolean }>(
		"select pg_try_advisory_lock($1) as ok",
		[keyOf(executor)],
	);
	return answer.rows[0]?.ok ?? false;
}

const idOf = ({ workflowID }: WorkflowStatus) => workflowID;

const keyOf = (executor: string) =>
	createHash("sha256")
		.update(`modelwright:${executor}`)
		.digest()
		.readBigInt64BE(0)
		.toString();
