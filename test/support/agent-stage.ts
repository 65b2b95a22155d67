// Everything a conversation needs, real but for the model's words: a checkout,
// a Messages API over HTTP, a ledger.
import type { Assignment } from "../../src/agents/assignment.ts";
import type { World } from "../../src/agents/world.ts";
import type { Rule } from "../../src/local/scripted-model/server/rules.ts";
import {
	type ScriptedModel,
	startScriptedModel,
} from "../../src/local/scripted-model/server/server.ts";
import { type ModelSettings, makeModel } from "../../src/model/client.ts";
import { plainJournal } from "./journals.ts";
import { type MemoryLedger, memoryLedger } from "./memory-ledger.ts";
import { type Recording, recordRequests } from "./recorded-requests.ts";
import { begun } from "./runs.ts";
import { silentLog } from "./silent-log.ts";
import { type TempTree, tempTree } from "./temp-tree.ts";

export const FILES = {
	"README.md": "# Churn\nWho will leave?\n",
	"churn/features.py": "def encode(rows):\n\treturn rows\n",
	"churn/loader.py": "def load(path):\n\treturn open(path)\n",
	"data/customers.csv": "customer_id,tenure,churned\n1,3,0\n2,9,1\n3,4,0\n",
};

export const EXPLORE: Assignment<"exploration"> = {
	role: "ml-explorer",
	name: "data-sources",
	phase: 2,
	submit: "exploration",
	brief: "Find out where the data comes from.",
};

export const EXPLORATION = {
	summary: "One table feeds everything.",
	findings: [
		{
			topic: "data source",
			text: "The table is read by one loader",
			evidence: { path: "churn/loader.py", line: 1 },
		},
	],
	key_files: [
		"churn/loader.py",
		"churn/features.py",
		"README.md",
		"data/customers.csv",
		"churn/loader.py",
	].map((path) => ({
		...{ path, start_line: 1, end_line: 2 },
		why: "It is about the table",
	})),
	unknowns: [],
};

export interface Stage {
	readonly server: ScriptedModel;
	readonly sent: Recording;
	readonly tree: TempTree;
	readonly ledger: MemoryLedger;
	world(more?: Partial<World>): World;
	close(): Promise<void>;
}

export async function openStage(
	rules: Rule[],
	settings: Partial<ModelSettings> & { latencyMs?: number } = {},
): Promise<Stage> {
	const { latencyMs = 0, ...ours } = settings;
	const server = await startScriptedModel({ rules, latencyMs });
	const sent = await recordRequests(server.url);
	const tree = await tempTree(FILES);
	const ledger = memoryLedger();
	const model = makeModel({
		apiKey: "sk-test",
		baseUrl: sent.url,
		idleMs: 5_000,
		backoffMs: 1,
		log: silentLog,
		...ours,
	});
	return {
		server,
		sent,
		tree,
		ledger,
		world: (more) => ({
			journal: plainJournal,
			model,
			installation: "9",
			conversation: "run/7/42/1/phase/2/1/agent/data-sources",
			tree,
			run: begun().run,
			before: {},
			ledger,
			log: silentLog,
			...more,
		}),
		async close() {
			sent.close();
			await server.close();
			await tree.remove();
		},
	};
}
