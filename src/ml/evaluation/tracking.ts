// What training logged on its way: learning curves and the ids of tracked runs.
// The code under test wrote it, so it is shown and decides nothing.
import { z } from "zod";
import type { EvaluationResult } from "../../reports/results.ts";
import type { Job, JobResult } from "../../workspace/runners/runner.ts";

const OUTPUT = "modelwright-evaluation/tracking.json";
const LOGS =
	/\b(mlflow|mlruns|wandb|tensorboard|SummaryWriter|jsonl|learning_curve|history)\b/;
const [MOST_CURVES, MOST_POINTS] = [4, 40];

/**
 * Reads the first model's folder (tables and JSON lines with a step or epoch),
 * MLflow's local folders, and the names of W&B's and TensorBoard's.
 */
const COLLECT = `
try:
    import csv, glob, json, math, os, sys
    curves, runs = {}, []
    def add(name, step, value):
        try: step, value = float(step), float(value)
        except (TypeError, ValueError): return
        if math.isfinite(step + value): curves.setdefault(str(name)[:40], {})[step] = value
    def rows(path):
        with open(path, newline="", errors="replace") as file:
            text = file.read(2_000_000)
        if path.endswith(".jsonl"): return [json.loads(line) for line in text.splitlines() if line.strip()]
        return list(csv.DictReader(text.splitlines()))
    for path in sorted(glob.glob(sys.argv[1] + "/*.jsonl") + glob.glob(sys.argv[1] + "/*.csv")):
        try:
            for at, row in enumerate(rows(path)):
                key = next((k for k in row if str(k).lower() in ("step", "epoch", "iteration", "round")), None)
                for name in row:
                    if key is not None and name != key: add(name, row[key], row[name])
        except (ValueError, AttributeError, OSError): pass
    mine = lambda paths: [p for p in paths if p not in sys.argv[2:]]
    tracked = [p for p in mine(glob.glob("mlruns/*/*")) if os.path.isdir(p + "/metrics")]
    tracked.sort(key=os.path.getmtime)
    for path in tracked: runs.append("MLflow " + os.path.basename(path))
    for path in glob.glob((tracked or ["none"])[0] + "/metrics/*"):
        for line in open(path, errors="replace").read(1_000_000).splitlines():
            words = line.split()
            if len(words) == 3: add(os.path.basename(path), words[2], words[1])
    runs += ["W&B " + os.path.basename(p).rsplit("-", 1)[-1] for p in sorted(mine(glob.glob("wandb/*run-*")))]
    runs += ["TensorBoard " + p for p in sorted({os.path.dirname(p) for p in mine(glob.glob("**/events.out.tfevents.*", recursive=True))})]
    with open("${OUTPUT}", "w") as file:
        json.dump({"curves": [{"name": n, "points": sorted(p.items())} for n, p in curves.items() if len(p) > 2][:20], "runs": [r[:80] for r in runs[:20]]}, file)
except BaseException: pass
`;

const Tracking = z.object({
	curves: z.array(
		z.object({
			name: z.string().max(40),
			points: z.array(z.tuple([z.number(), z.number()])),
		}),
	),
	runs: z.array(z.string().max(80)),
});

export type Tracked = Pick<EvaluationResult, "curves" | "tracked">;

/** The job with one more command at its end, where the code seems to log anything. */
export function withTracking(job: Job, modelFolder: string): Job {
	const logs = [...job.files].some(
		([path, bytes]) =>
			path.endsWith(".py") && LOGS.test(new TextDecoder().decode(bytes)),
	);
	if (!logs) return job;
	return {
		...job,
		// Its failure is nobody's; what is in the repository was not logged now.
		commands: [
			...job.commands,
			["-c", COLLECT, modelFolder, ...committed(job.files)],
		],
		collect: [...job.collect, OUTPUT],
	};
}

/** Runs and files of runs that the repository itself holds. */
const committed = (files: Job["files"]) =>
	[
		...new Set(
			[...files.keys()].flatMap((path) => {
				if (path.includes("events.out.tfevents.")) return [path];
				const run = /^(mlruns\/[^/]+\/[^/]+|wandb\/[^/]+)\//.exec(path)?.[1];
				return run ? [run] : [];
			}),
		),
	].slice(0, 500);

export function trackedIn({ files }: JobResult): Tracked {
	const read = Tracking.safeParse(parsed(files.get(OUTPUT)));
	if (!read.success) return {};
	const { curves, runs } = read.data;
	const shown = curves.slice(0, MOST_CURVES).map(({ name, points }) => ({
		name,
		points: thinned(points),
	}));
	return {
		...(shown.length ? { curves: shown } : {}),
		...(runs.length ? { tracked: runs } : {}),
	};
}

function parsed(bytes: Uint8Array | undefined): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return undefined;
	}
}

/** Evenly, with the first and the last. */
function thinned<T>(points: readonly T[]): T[] {
	const kept = Math.min(MOST_POINTS, points.length);
	return Array.from(
		{ length: kept },
		(_, i) =>
			points[
				Math.round((i * (points.length - 1)) / Math.max(1, kept - 1))
			] as T,
	);
}
