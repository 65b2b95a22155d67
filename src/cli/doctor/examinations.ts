// What the doctor looks at, one row a part. A look gives what it saw or throws
// an error whose message says what to do.
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { rgPath } from "@vscode/ripgrep";
import { rosterModels } from "../../agents/roster.ts";
import { findBinaries } from "../../engine/postgres/binaries.ts";
import { checkModels } from "../../model/check-models.ts";
import { readSettings } from "../../settings.ts";
import {
	DEFAULT_PYTHON,
	findInterpreter,
} from "../../workspace/runners/bubblewrap/interpreter.ts";
import { bubblewrapRunner } from "../../workspace/runners/bubblewrap.ts";
import { wasmRunner } from "../../workspace/runners/wasm.ts";
import { lookAtActions } from "./look-at-actions.ts";

export interface Finding {
	readonly part: string;
	readonly ok: boolean;
	/** Without a needed part the app does not start. */
	readonly needed: boolean;
	readonly detail: string;
}

export interface Examination {
	readonly part: string;
	readonly needed: boolean;
	look(): Promise<string>;
}

const run = promisify(execFile);

export const examinations: readonly Examination[] = [
	{
		part: "Node.js",
		needed: true,
		async look() {
			if (Number(process.versions.node.split(".")[0]) >= 24)
				return process.versions.node;
			throw new Error(
				`this is ${process.versions.node}; 24 or newer is needed. Start through npm, which brings its own.`,
			);
		},
	},
	{
		part: "git",
		needed: true,
		async look() {
			const { stdout } = await run("git", ["--version"]).catch(() => {
				throw new Error("not found. Install git 2.38 or newer.");
			});
			const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
			// `merge-tree --write-tree`, which brings a stack onto what was merged.
			if (Number(major) * 1_000 + Number(minor) < 2_038)
				throw new Error(`this is ${stdout.trim()}; 2.38 or newer is needed.`);
			return stdout.trim();
		},
	},
	{
		part: "ripgrep",
		needed: true,
		async look() {
			const { stdout } = await run(rgPath, ["--version"]);
			return stdout.split("\n")[0] ?? "";
		},
	},
	{
		part: "Postgres",
		needed: true,
		async look() {
			if (process.env.DATABASE_URL) return "DATABASE_URL is set";
			const { postgres } = findBinaries(join(tmpdir(), "modelwright-doctor"));
			const { stdout } = await run(postgres, ["--version"]);
			return `embedded, ${stdout.trim()}`;
		},
	},
	{
		part: "runner wasm",
		needed: true,
		async look() {
			const test = await wasmRunner().selfTest();
			if (test.ok) return "isolation probes all refused";
			throw new Error(test.reason);
		},
	},
	{
		part: "runner bubblewrap",
		needed: false,
		async look() {
			const python = readSettings(process.env).python ?? DEFAULT_PYTHON;
			const test = await bubblewrapRunner({ python }).selfTest();
			if (!test.ok) throw new Error(test.reason);
			const { path, version } = await findInterpreter(python);
			return `isolation probes all refused, Python ${version} (${path})`;
		},
	},
	{
		part: "runner actions",
		needed: false,
		look: () => lookAtActions(readSettings(process.env)),
	},
	{
		part: "settings",
		needed: false,
		async look() {
			return readSettings(process.env).github
				? "complete"
				: "no App credentials yet: `npm start` explains how to get them";
		},
	},
	{
		part: "models",
		needed: false,
		async look() {
			const { model } = readSettings(process.env);
			if (!process.env.ANTHROPIC_API_KEY && !model.baseUrl)
				throw new Error("not asked for: ANTHROPIC_API_KEY is not set");
			const checks = await checkModels(model, rosterModels());
			const told = checks.map(({ message }) => message).join(" ");
			if (checks.every(({ verdict }) => verdict === "served")) return told;
			throw new Error(told);
		},
	},
];
