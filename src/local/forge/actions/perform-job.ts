// A runner: the steps of a job, really done, in a folder of its own. The two
// actions that our workflow uses are done here in their place.
import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gitEnvironment } from "../git/run.ts";
import { nextId, type Repository, timestamp } from "../state.ts";
import type { World } from "../world.ts";
import {
	fill,
	type Inputs,
	type Step,
	type Workflow,
} from "./workflow-file.ts";

const execute = promisify(execFile);

type Artifact = import("../ci-state.ts").Artifact;

export interface JobOutcome {
	readonly conclusion: "success" | "failure" | "cancelled";
	readonly artifacts: Artifact[];
	readonly log: string;
}

interface Place {
	readonly world: World;
	readonly repository: Repository;
	/** Where the commit is laid out, and where steps run. */
	readonly workspace: string;
	/** Emptied with every job. */
	readonly temporary: string;
	readonly signal: AbortSignal;
}

/** Must not throw. */
export async function performJob(
	world: World,
	repository: Repository,
	{ jobs }: Workflow,
	inputs: Inputs,
	signal: AbortSignal,
): Promise<JobOutcome> {
	const folder = join(world.root, "runners", randomUUID());
	const place: Place = {
		...{ world, repository, signal },
		workspace: join(folder, "workspace"),
		temporary: join(folder, "temporary"),
	};
	const artifacts: Artifact[] = [];
	let log = "";
	try {
		await mkdir(place.workspace, { recursive: true });
		await mkdir(place.temporary);
		for (const step of jobs.job.steps) {
			log += `## ${step.name}\n`;
			log += await performStep(place, step, inputs, artifacts);
		}
		return { conclusion: "success", artifacts, log };
	} catch (error) {
		const { stdout = "", stderr = "" } = error as Partial<
			Record<"stdout" | "stderr", string>
		>;
		log += `${stdout}${stderr}${String(error)}\n`;
		const conclusion = signal.aborted ? "cancelled" : "failure";
		return { conclusion, artifacts, log };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function performStep(
	place: Place,
	step: Step,
	inputs: Inputs,
	artifacts: Artifact[],
): Promise<string> {
	const given = (name: string) => fill(String(step.with?.[name] ?? ""), inputs);
	if (step.uses?.startsWith("actions/checkout@"))
		return checkOut(place, given("ref"));
	if (step.uses?.startsWith("actions/upload-artifact@")) {
		const artifact = await pack(place, given("name"), given("path"));
		artifacts.push(artifact);
		return `${artifact.digest}\n`;
	}
	if (step.uses || step.run === undefined)
		throw new Error(`the forge has no action ${step.uses}`);
	if (step.run.includes("${{"))
		throw new Error("an expression inside a script runs whatever it holds");
	const env = Object.entries(step.env ?? {}).map(([name, value]) => [
		name,
		fill(String(value), inputs),
	]);
	return run(
		place,
		"bash",
		["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run],
		Object.fromEntries(env),
	);
}

/** As the action does it: one commit, fetched by its name. */
async function checkOut(place: Place, ref: string): Promise<string> {
	const { directory } = place.repository;
	const env = gitEnvironment(place.temporary);
	const git = (...args: string[]) => run(place, "git", args, env);
	return [
		await git("init", "--quiet"),
		await git("fetch", "--quiet", "--depth=1", directory, ref),
		await git("checkout", "--quiet", "FETCH_HEAD"),
	].join("");
}

const PACK =
	"import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:\n    archive.write(sys.argv[2], sys.argv[2])\n";

async function pack(
	place: Place,
	name: string,
	path: string,
): Promise<Artifact> {
	const file = join(place.temporary, "artifact.zip");
	await run(place, "python3", ["-c", PACK, file, path]);
	const zip = await readFile(file);
	const digest = createHash("sha256").update(zip).digest("hex");
	return {
		...{ id: nextId(place.world.state), key: randomUUID() },
		...{ name, zip, digest: `sha256:${digest}`, createdAt: timestamp() },
	};
}

async function run(
	{ workspace, temporary, signal }: Place,
	program: string,
	args: string[],
	env: Record<string, string> = {},
): Promise<string> {
	const { stdout, stderr } = await execute(program, args, {
		cwd: workspace,
		signal,
		maxBuffer: 10_000_000,
		env: {
			PATH: "/usr/bin:/bin:/usr/sbin:/sbin",
			HOME: temporary,
			RUNNER_TEMP: temporary,
			GITHUB_WORKSPACE: workspace,
			GITHUB_TOKEN: "a token that no command may see",
			...env,
		},
	});
	return stdout + stderr;
}
