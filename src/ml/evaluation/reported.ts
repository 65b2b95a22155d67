// What predictions cannot show: the repository's own script says one figure per
// seed. It is pinned by digest and its word is taken, so the result is marked.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import type { EvaluationResult } from "../../reports/results.ts";
import { sha256 } from "../../run/digest.ts";
import { DEFAULT_LIMITS } from "../../workspace/runners/runner.ts";
import { median } from "./bootstrap.ts";
import type { EvaluationRequest } from "./evaluate.ts";
import { inconclusive, nothingYet } from "./inconclusive.ts";
import { movedPin } from "./pins.ts";
import { troubleOf } from "./trials.ts";

type Terms = NonNullable<EvaluationContract["reported"]>;

const FOLDER = "modelwright-evaluation";
const LIMITS = { ...DEFAULT_LIMITS, seconds: 600 };

export async function evaluateReported(
	request: EvaluationRequest,
	terms: Terms,
): Promise<EvaluationResult> {
	const marked = (result: EvaluationResult): EvaluationResult => ({
		...result,
		...{ trust: "reported", metric: terms.metric },
	});
	const { files, pins, contract } = request;
	const script = files.get(terms.script);
	const moved = movedPin("script", pins, script);
	if (!script || moved)
		return marked(
			inconclusive(
				request,
				moved ?? `there is no script ${terms.script} in the repository`,
				"contract",
			),
		);
	const told = await figuresOf(request, terms, sha256(script));
	if ("fault" in told)
		return marked(inconclusive(request, told.fault, told.cause));
	const judged = judge(contract, terms, told.model, told.baseline);
	return marked({ ...nothingYet(request), ...judged });
}

interface Told {
	readonly model: number[];
	readonly baseline: number[];
}

async function figuresOf(
	{ contract, files, runner, signal }: EvaluationRequest,
	{ script, metric }: Terms,
	digest: string,
): Promise<Told | { fault: string; cause: "code" | "machine" }> {
	const hasBaseline = !contract.primary.against;
	const trials = (hasBaseline ? ["model", "baseline"] : ["model"]).flatMap(
		(system) =>
			contract.seeds.map((seed) => ({
				...{ system, seed, out: `${FOLDER}/${system}-${seed}.json` },
			})),
	);
	const result = await runner.run(
		{
			files: new Map(files).set(`${FOLDER}/.keep`, new Uint8Array()),
			commands: trials.map(({ system, seed, out }) => [
				...[script, "--system", system, "--seed", `${seed}`, "--out", out],
			]),
			collect: [script, ...trials.map(({ out }) => out)],
			limits: LIMITS,
		},
		signal,
	);
	const trouble = troubleOf(result);
	if (trouble)
		return {
			fault: `the evaluation script's run did not finish: ${trouble}`,
			cause: result.status === "unavailable" ? "machine" : "code",
		};
	const after = result.files.get(script);
	if (!after || sha256(after) !== digest)
		return {
			fault: `${script} was changed while it ran; what judges has to stay as it was approved`,
			cause: "code",
		};
	const told: Told = { model: [], baseline: [] };
	for (const { system, seed, out } of trials) {
		const figure = figureIn(result.files.get(out), metric);
		if (figure === undefined)
			return {
				fault: `${script} wrote no finite number "${metric}" for the ${system}, seed ${seed}; a JSON object with it was expected at --out`,
				cause: "code",
			};
		told[system as keyof Told].push(figure);
	}
	return told;
}

function figureIn(bytes: Uint8Array | undefined, metric: string) {
	try {
		const figure = JSON.parse(new TextDecoder().decode(bytes))[metric];
		return Number.isFinite(figure) ? (figure as number) : undefined;
	} catch {
		return undefined;
	}
}

/** No interval can be had of one figure a seed: every seed has to be better than every one of the other's. */
function judge(
	{ primary, seeds }: EvaluationContract,
	{ script, higher_is_better }: Terms,
	model: readonly number[],
	baseline: readonly number[],
) {
	const sign = higher_is_better ? 1 : -1;
	const value = median(model);
	const worst = sign * Math.min(...model.map((x) => sign * x));
	const rival = baseline.length ? median(baseline) : undefined;
	const difference = rival === undefined ? undefined : sign * (value - rival);
	const best = sign * Math.max(...baseline.map((x) => sign * x));
	const falls = [
		...(difference !== undefined && difference < primary.minimum_delta
			? [
					`the median differs by ${difference.toFixed(3)}; at least ${primary.minimum_delta} was agreed on`,
				]
			: []),
		...(baseline.length && sign * (worst - best) <= 0
			? [
					`the worst seed says ${worst.toFixed(3)}, the baseline's best ${best.toFixed(3)}`,
				]
			: []),
		...(primary.threshold !== undefined &&
		sign * (worst - primary.threshold) < 0
			? [
					`the worst seed says ${worst.toFixed(3)}; ${primary.threshold} was agreed on`,
				]
			: []),
	];
	const word = `as ${script} reports it; nobody but the repository's own code has seen how`;
	return {
		verdict: falls.length ? ("FAIL" as const) : ("PASS" as const),
		reason: `${falls.join("; ") || "what was agreed on is reached by every seed"}, ${word}`,
		...{
			value,
			perSeed: seeds.map((seed, i) => ({ seed, value: model[i] as number })),
		},
		...(rival === undefined ? {} : { baseline: rival }),
		...(difference === undefined ? {} : { difference }),
		systems: [
			...(rival === undefined
				? []
				: [{ name: "existing baseline", value: rival }]),
			{ name: "this model", value },
		],
	};
}
