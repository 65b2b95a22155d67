// A delivered run with its stack of pull requests on a forge, made without the
// phases that would make it; and a person with a clone.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Database } from "../../src/engine/database.ts";
import { insertRun, readRun } from "../../src/engine/store/runs.ts";
import { makeGitHub } from "../../src/github/app-client.ts";
import { makePublisher } from "../../src/github/publisher.ts";
import type { Forge } from "../../src/local/forge/forge.ts";
import { begin } from "../../src/run/begin.ts";
import { DEFAULT_CONFIG } from "../../src/run/config.ts";
import type { Run } from "../../src/run/run.ts";
import { memoryOf } from "../github/stage.ts";
import { APP_ID, type EngineStage } from "./engine-stage.ts";
import { silent } from "./silent-logger.ts";

/** Each on the one below: a new file, a line of one all share and, unless they are to be apart, one of the file below. */
export const LAYERS = [7, 8, 9] as const;
export type Layer = (typeof LAYERS)[number];

const run = promisify(execFile);

const lines = (name: string, count = 30) =>
	Array.from({ length: count }, (_, i) => `${name}_${i} = ${i}`);

const textOf = (all: readonly string[]) => `${all.join("\n")}\n`;

export interface Stacked {
	readonly name: string;
	readonly forge: Forge;
	readonly issue: number;
	readonly run: Run;
	/** Number and branch of what a phase opened. */
	readonly pulls: Readonly<Record<Layer, { number: number; branch: string }>>;
	git(...args: string[]): Promise<string>;
	/** A commit of the person's on a branch, pushed. */
	push(
		branch: string,
		files: Readonly<Record<string, string>>,
	): Promise<string>;
	/** One line of a file, as it is on a branch, replaced. */
	edit(
		branch: string,
		path: string,
		line: number,
		text: string,
	): Promise<string>;
	merge(phase: Layer, method: "merge" | "squash" | "rebase"): Promise<void>;
	setBase(phase: Layer, base: string): Promise<void>;
	state(phase: Layer, state: "open" | "closed"): Promise<void>;
	/** A pull request of the person's into the default branch. */
	open(head: string, body: string): Promise<number>;
	/** The newest event of a kind comes once more. */
	redeliver(event: string): void;
	pull(phase: Layer): Promise<Awaited<ReturnType<Forge["pulls"]>>[number]>;
	/** What the pull request changes, from the merge base, without places and names of contents. */
	diff(phase: Layer): Promise<string>;
	comments(): string[];
	now(): Promise<Run | undefined>;
	remove(): void;
}

export async function setStacked(
	{ forge, privateKey }: EngineStage,
	db: Database,
	name: string,
	{ apart = false, ...more }: Partial<Run> & { apart?: boolean } = {},
): Promise<Stacked> {
	const fullName = `octo/${name}`;
	const shared = lines("shared");
	const { id, defaultBranch } = await forge.addRepository(
		"octo",
		name,
		{ "README.md": "A shop.\n", "shared.py": textOf(shared) },
		{ private: true },
	);
	forge.setPermission(fullName, "alice", "admin");
	forge.setPermission(fullName, "ann", "admin");
	const folder = mkdtempSync(join(tmpdir(), "stacked-"));
	const git = async (...args: string[]) => {
		const { stdout } = await run("git", args, {
			cwd: folder,
			env: {
				PATH: process.env.PATH,
				GIT_CONFIG_GLOBAL: "/dev/null",
				GIT_AUTHOR_NAME: "alice",
				GIT_AUTHOR_EMAIL: "alice@example.com",
				GIT_COMMITTER_NAME: "alice",
				GIT_COMMITTER_EMAIL: "alice@example.com",
			},
		});
		return stdout.trim();
	};
	const url = new URL(`/${fullName}.git`, forge.base);
	Object.assign(url, { username: "ann", password: "token-of-ann" });
	await git("clone", "-q", url.href, ".");
	const { number: issue } = await forge.acts.openIssue(fullName, "alice", {
		title: "Churn",
		body: "Predict it.",
	});
	const client = makeGitHub({
		...{ appId: APP_ID, privateKey, baseUrl: forge.api },
		...{ throttle: false, log: silent },
	}).installation(forge.installationId, { id, owner: "octo", name });
	const publisher = makePublisher({
		...{ client, secrets: [], log: silent },
		memory: memoryOf(
			async () => new Map(),
			async () => {},
		),
	});
	const trunk = await git("rev-parse", `origin/${defaultBranch}`);
	let below = { sha: trunk, branch: defaultBranch };
	const files: Record<string, string> = { "shared.py": textOf(shared) };
	const pulls: Record<number, { number: number; branch: string }> = {};
	for (const phase of LAYERS) {
		shared[phase * 3] = `shared_${phase * 3} = "phase ${phase}"`;
		files["shared.py"] = textOf(shared);
		files[`part${phase}.py`] = textOf(lines(`part${phase}`));
		const under = files[`part${phase - 1}.py`];
		if (under && !apart)
			files[`part${phase - 1}.py`] = under.replace(
				`part${phase - 1}_20 = 20`,
				`part${phase - 1}_20 = "of ${phase}"`,
			);
		const branch = `modelwright/${issue}/${phase}-part`;
		const committed = await publisher.commit({
			...{ branch, parent: below.sha, message: `Phase ${phase}` },
			files: Object.entries(files).map(([path, content]) => ({
				...{ path, content },
			})),
		});
		if (!committed.ok) throw new Error(committed.message);
		const opened = await publisher.pull({
			...{ branch, base: below.branch, title: `Part ${phase}` },
			body: `Part of #${issue} · part ${phase - 6} · based on \`${below.branch}\`\n\n**Why**`,
		});
		if (!opened.ok) throw new Error(opened.message);
		await publisher.markReady(opened.pull.nodeId);
		pulls[phase] = { number: opened.pull.number, branch };
		below = { sha: committed.sha, branch };
	}
	const { run: begun } = begin({
		id: `${id}/${issue}/1`,
		repository: {
			...{ id, owner: "octo", name, private: true },
			htmlUrl: `${forge.base}/${fullName}`,
			installationId: forge.installationId,
		},
		issue: { number: issue, title: "Churn", body: "", author: "alice" },
		requestedBy: "alice",
		base: { branch: defaultBranch, sha: trunk },
		config: DEFAULT_CONFIG,
		at: new Date().toISOString(),
	});
	const delivered: Run = {
		...begun,
		...{ state: "delivered", phase: 12, attempt: 1, attempts: { 12: 1 } },
		done: [...LAYERS, 12].map((phase) => {
			const pull = pulls[phase];
			return {
				...{ phase, attempt: 1, seconds: 1, usd: 0 },
				...(pull ? { pull } : {}),
			};
		}),
		endedAt: new Date().toISOString(),
		...more,
	};
	await insertRun(db, delivered);
	const of = (phase: Layer) =>
		pulls[phase] as { number: number; branch: string };
	const fetch = () => git("fetch", "-q", "--prune", "origin");
	const push: Stacked["push"] = async (branch, changed) => {
		await fetch();
		await git("checkout", "-q", "-B", "mine", `origin/${branch}`);
		for (const [path, content] of Object.entries(changed)) {
			mkdirSync(dirname(join(folder, path)), { recursive: true });
			writeFileSync(join(folder, path), content);
		}
		await git("add", "-A");
		await git("commit", "-q", "-m", `Mine on ${branch}`);
		await git("push", "-q", "origin", `HEAD:${branch}`);
		return git("rev-parse", "HEAD");
	};
	const pull: Stacked["pull"] = async (phase) => {
		const all = await forge.pulls(fullName);
		const found = all.find(({ number }) => number === of(phase).number);
		if (!found) throw new Error(`there is no pull request of phase ${phase}`);
		return found;
	};
	/** As the person, by the REST API. */
	async function ask(method: string, path: string, content: object) {
		const answer = await globalThis.fetch(
			`${forge.api}/repos/${fullName}/${path}`,
			{
				method,
				headers: { authorization: "token token-of-ann" },
				body: JSON.stringify(content),
			},
		);
		if (!answer.ok) throw new Error(await answer.text());
		return (await answer.json()) as { number: number };
	}
	return {
		...{ name: fullName, forge, issue, git, push, pull },
		...{ run: delivered },
		pulls: pulls as Stacked["pulls"],
		async edit(branch, path, line, text) {
			await fetch();
			const shown = await git("show", `origin/${branch}:${path}`);
			const before = shown.split("\n");
			before[line] = text;
			return push(branch, { [path]: textOf(before) });
		},
		async merge(phase, method) {
			await forge.acts.mergePull(fullName, of(phase).number, "alice", method);
		},
		async setBase(phase, base) {
			await ask("PATCH", `pulls/${of(phase).number}`, { base });
		},
		async open(head, body) {
			const text = { title: "Back", body, head, base: defaultBranch };
			return (await ask("POST", "pulls", text)).number;
		},
		redeliver(event) {
			const newest = forge.deliveries.findLast((one) => one.event === event);
			forge.redeliver(newest?.guid ?? "");
		},
		async state(phase, state) {
			const { number } = of(phase);
			await forge.acts.editIssue(fullName, number, "alice", { state });
		},
		async diff(phase) {
			const { base, head } = await pull(phase);
			await fetch();
			const shown = await git("diff", `origin/${base}...origin/${head}`);
			return shown
				.split("\n")
				.filter((line) => /^(diff|[-+](?!\+\+|--))/.test(line))
				.join("\n");
		},
		comments: () =>
			[...forge.repository(fullName).comments.values()].map(
				({ body }) => body ?? "",
			),
		now: () => readRun(db, delivered.id),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}
