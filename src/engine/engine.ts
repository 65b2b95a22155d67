// The engine: durable execution on one Postgres. Everything that happens to a
// run happens through its tables, so any process may stop at any moment.
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { GitHub } from "../github/app-client.ts";
import type { Model } from "../model/client.ts";
import { PHASES } from "../phases/index.ts";
import type { Runner } from "../workspace/runners/runner.ts";
import { carryOut } from "./carry-out.ts";
import { sortOutCrashes } from "./crashes.ts";
import { openDatabase } from "./database.ts";
import { startDeliveries } from "./deliveries.ts";
import { handleHint } from "./handlers/handle-hint.ts";
import { type Intake, makeIntake } from "./intake.ts";
import { makeLead } from "./lead.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrations/migrate.ts";
import { allSaid, startOutbox } from "./outbox.ts";
import type { Parts } from "./parts.ts";
import { type Pump, startPump } from "./pump.ts";
import {
	RECONCILE_EVERY_MS,
	reconcile,
	TIDY_EVERY_MS,
	tidyUp,
} from "./reconcile.ts";
import { makeConnect, makeServices } from "./services.ts";
import { tellLateJob } from "./show-waits.ts";
import { noteLeaving } from "./store/executors.ts";
import { makeMemory } from "./store/published.ts";
import { queueDepth } from "./store/queue-depth.ts";
import { startTakeover } from "./takeover.ts";
import { registerWorkflows } from "./workflows.ts";

export interface EngineOptions {
	readonly databaseUrl: string;
	readonly github: GitHub;
	readonly model: Model;
	readonly runner: Runner;
	readonly dataDir: string;
	/** The operator lets repositories replace the briefs of agents; absent: no. */
	readonly allowRepositoryAgents?: boolean;
	/** Values that must never be shown. */
	readonly secrets: readonly string[];
	readonly log: Log;
	/** Others may take our work over: the process must end at once. */
	readonly onLost: (error: Error) => void;
	/** Other phases than the twelve, and what leads them. */
	readonly phases?: Parts["phases"];
	readonly makeLead?: Parts["makeLead"];
	readonly takeoverEveryMs?: number;
}

export interface Engine {
	readonly intake: Intake;
	readonly executor: string;
	/** What waits to be dealt with. Throws when the database cannot be asked. */
	queueDepth(): Promise<{ deliveries: number; orders: number }>;
	/** Lets work end for `drainMs`; what is left is taken over by the next process. */
	stop(drainMs?: number): Promise<void>;
}

/** Raised when the steps of phases or agents change: what is under way then ends, and a person is asked. */
const VERSION = "engine-2";
const DRAIN_MS = 25_000;
/** An order may be waiting out a rate limit for minutes; it is repeated later anyway. */
const LAST_ORDERS_MS = 5_000;

export async function startEngine(options: EngineOptions): Promise<Engine> {
	const { databaseUrl, log, secrets } = options;
	await migrate(databaseUrl);
	const db = openDatabase(databaseUrl, (error) =>
		log.warn({ reason: error.message }, "a database connection broke"),
	);
	const executor = `${hostname()}-${randomUUID()}`;
	const memoryOf = (scope: string) => makeMemory(db, scope);
	const pumps: { outbox?: Pump; deliveries?: Pump } = {};
	const parts: Parts = {
		db,
		log,
		model: options.model,
		phases: options.phases ?? PHASES,
		makeLead: options.makeLead ?? makeLead,
		connect: makeConnect({ ...options, memoryOf }),
		servicesFor: makeServices({
			...{ ...options, memoryOf },
			onLate: (runId, job) => tellLateJob(parts, runId, job),
		}),
		executor,
		secrets,
		dataDir: options.dataDir,
		allowRepositoryAgents: options.allowRepositoryAgents ?? false,
		wakeOutbox: () => pumps.outbox?.wake(),
		allSaid: (runId) => allSaid(db, runId),
	};

	const phases = registerWorkflows(parts);
	DBOS.setConfig({
		name: "modelwright",
		systemDatabaseUrl: databaseUrl,
		applicationVersion: VERSION,
		enablePatching: true,
		executorID: executor,
		runMigrations: false,
		logger: quiet(log),
	});
	await DBOS.launch();
	const takeover = await startTakeover({
		url: databaseUrl,
		executor,
		onDeath: (dead, ids) => sortOutCrashes(parts, phases, dead, ids),
		onLost: options.onLost,
		log,
		...(options.takeoverEveryMs ? { everyMs: options.takeoverEveryMs } : {}),
	});
	const outbox = startOutbox(db, log, (runId, order) =>
		carryOut(parts, phases, runId, order),
	);
	const deliveries = startDeliveries(db, log, (hint, delivery) =>
		handleHint(parts, hint, delivery),
	);
	Object.assign(pumps, { outbox, deliveries });
	const reconciling = startPump(
		() => reconcile(parts, phases),
		RECONCILE_EVERY_MS,
		(error) => log.error({ error }, "reconciling failed"),
	);
	const tidying = startPump(
		() => tidyUp(parts),
		TIDY_EVERY_MS,
		(error) => log.error({ error }, "tidying up failed"),
	);

	return {
		intake: makeIntake(db, () => deliveries.wake()),
		executor,
		queueDepth: () => queueDepth(db),
		async stop(drainMs = DRAIN_MS) {
			const pumpsEnd = [deliveries, outbox, reconciling, tidying].map((p) =>
				p.stop(),
			);
			await atMost(LAST_ORDERS_MS, Promise.all(pumpsEnd));
			await DBOS.shutdown({
				workflowCompletionTimeoutMS: drainMs,
				deregister: true,
			});
			await noteLeaving(db, executor);
			await takeover.stop();
			await db.destroy();
		},
	};
}

function atMost(ms: number, work: Promise<unknown>): Promise<unknown> {
	const { promise, resolve } = Promise.withResolvers<void>();
	const timer = setTimeout(resolve, ms);
	return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

/** DBOS tells much that matters to nobody; its warnings do. */
const quiet = (log: Log) => ({
	info() {},
	debug() {},
	warn: (entry: unknown) => log.warn({}, `durable engine: ${String(entry)}`),
	error: (entry: unknown) => log.error({}, `durable engine: ${String(entry)}`),
});
