// A phase that asks nothing and one that asks: what waits for GitHub and what
// does not, and what becomes of a comment that GitHub will not take.
import {
	afterAll,
	beforeAll,
	beforeEach,
	describe,
	expect,
	it,
	vi,
} from "vitest";
import { type Engine, startEngine } from "../../src/engine/engine.ts";
import type { HttpServer } from "../../src/engine/http/server.ts";
import type { LeadInput } from "../../src/engine/lead.ts";
import type { Phase } from "../../src/phases/phase.ts";
import { parseMarker } from "../../src/views/marker.ts";
import { freshDatabase } from "../support/databases.ts";
import {
	connect,
	type EngineStage,
	engineOptions,
	setEngineStage,
} from "../support/engine-stage.ts";

const SHOP = "octo/shop";
let stage: EngineStage;
let engine: Engine;
let server: HttpServer;
let issue: number;
/** What the phases wait for. */
let mayEnd: PromiseWithResolvers<void>;
let mayAsk: PromiseWithResolvers<void>;
/** How often the second phase began. */
let second: number;

const phase = (number: number, perform: () => Promise<void>): Phase => ({
	...{ number, name: `Phase ${number}`, metaPhase: "Discovery", goal: "" },
	report: number === 1 ? "requirements" : "data",
	async perform(lead) {
		const { journal } = lead as unknown as LeadInput;
		await journal.step("perform", perform);
		return {} as never;
	},
	...(number === 1
		? {}
		: {
				gate: () => ({
					name: "requirements",
					command: "/approve",
					question: "Go on?",
				}),
			}),
	view: () => ({ summary: `Result ${number}.`, details: [] }),
});

const comments = () =>
	[...stage.forge.repository(SHOP).comments.values()].filter(
		({ number }) => number === issue,
	);
const kinds = () =>
	comments().map(({ body }) => {
		const { kind, data } = parseMarker(body) ?? { kind: "none", data: {} };
		return kind === "phase" ? `phase ${data.phase}` : kind;
	});
const status = () =>
	comments().find(({ body }) => body.includes("### Modelwright"))?.body ?? "";
const until = (holds: () => boolean) =>
	vi.waitUntil(holds, { timeout: 10_000, interval: 10 });

beforeAll(async () => {
	stage = await setEngineStage();
	const { forge, privateKey } = stage;
	const url = await freshDatabase();
	engine = await startEngine(
		engineOptions(url, forge.api, privateKey, [
			phase(1, () => mayEnd.promise),
			phase(2, async () => {
				second++;
				await mayAsk.promise;
			}),
		]),
	);
	server = await connect(engine, stage);
});
afterAll(async () => {
	await server.stop();
	await engine.stop(0);
	expect(stage.forge.violations).toEqual([]);
	await stage.close();
});

beforeEach(async () => {
	mayEnd = Promise.withResolvers();
	mayAsk = Promise.withResolvers();
	mayAsk.resolve();
	second = 0;
	const text = { title: "Churn", body: "Predict it." };
	({ number: issue } = await stage.forge.acts.openIssue(SHOP, "alice", text));
	await stage.forge.acts.label(SHOP, issue, "alice", "ml-task");
	await until(() => status().includes("Phase 1 of 12"));
});

describe("the comment on a result that asks nothing", () => {
	it("is not waited for by the next phase, and stands before the next question", async () => {
		const slow = { kind: "slow", milliseconds: 600 } as const;
		stage.forge.faults.call("issues/create-comment", slow);
		mayEnd.resolve();
		await until(() => second === 1);
		expect(kinds()).toEqual(["status"]);
		await until(() => status().includes("waiting for your answer"));
		expect(kinds()).toEqual(["status", "phase 1", "phase 2"]);
	});

	it("is linked in the checklist once it is written", async () => {
		mayEnd.resolve();
		await until(() => status().includes("waiting for your answer"));
		await until(() => /1 Problem Analysis · \[result\]/.test(status()));
	});

	it("is written once, however often GitHub is out of order", async () => {
		const broken = { kind: "fail-afterwards" } as const;
		stage.forge.faults.call("issues/create-comment", broken, 2);
		mayEnd.resolve();
		await until(() => status().includes("waiting for your answer"));
		expect(kinds()).toEqual(["status", "phase 1", "phase 2"]);
	});

	it("lets the run go on when GitHub refuses it, and the status says so", async () => {
		stage.forge.faults.call("issues/create-comment", { kind: "refuse" });
		mayEnd.resolve();
		await until(() => status().includes("waiting for your answer"));
		expect(kinds()).toEqual(["status", "phase 2"]);
		expect(status()).toMatch(
			/\[x\] 1 Problem Analysis · its result could not be shown: GitHub refused .* with 422/,
		);
	});
});

describe("the comment that asks", () => {
	it("is waited for: refused, it is trouble and no gate opens", async () => {
		mayAsk = Promise.withResolvers();
		mayEnd.resolve();
		await until(() => kinds().includes("phase 1"));
		stage.forge.faults.call("issues/create-comment", { kind: "refuse" });
		mayAsk.resolve();
		await until(() => status().includes("waiting for your help"));
		expect(kinds()).toEqual(["status", "phase 1", "trouble"]);
	});
});
