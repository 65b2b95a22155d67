// A result with nothing in it yet, and what it says when that stays so.
import type { EvaluationResult } from "../../reports/results.ts";
import { sha256 } from "../../run/digest.ts";
import type { EvaluationRequest } from "./evaluate.ts";

export const inconclusive = (
	request: EvaluationRequest,
	reason: string,
	cause: NonNullable<EvaluationResult["cause"]>,
): EvaluationResult => ({ ...nothingYet(request), reason, cause });

export function nothingYet({
	contract,
	files,
	runner,
}: EvaluationRequest): EvaluationResult {
	const bytes = files.get(contract.data);
	return {
		verdict: "INCONCLUSIVE",
		reason: "",
		metric: contract.primary.metric,
		perSeed: [],
		secondary: [],
		slices: [],
		systems: [],
		checks: [],
		heldOutRows: 0,
		trainingRows: 0,
		dataDigest: bytes ? sha256(bytes) : "",
		runner: runner.name,
		seconds: 0,
	};
}
