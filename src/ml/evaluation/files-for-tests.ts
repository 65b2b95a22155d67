// What unit tests see once it is agreed how the model is judged. Agents write
// them and read what they print: held-out labels must not come back that way.
import type { EvaluationContract } from "../../reports/evaluation-plan.ts";
import { splitRows } from "./split.ts";
import { readSubject } from "./subject.ts";
import { fileOf, withholdLabels } from "./withhold.ts";

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The contract's table with its training rows only, and no text that repeats
 * the others. Binary files stay, since tests have fixtures. A table that cannot
 * be judged by hides nothing.
 */
export function filesForTests(
	files: Files,
	contract: EvaluationContract | undefined,
): Files {
	if (!contract || contract.labels === "operator" || contract.reported)
		return files;
	const subject = readSubject(contract, files.get(contract.data));
	if ("faults" in subject) return files;
	const split = splitRows(subject);
	const safe = withholdLabels(files, subject, split, { opaque: "kept" }).files;
	return new Map(safe).set(contract.data, fileOf(subject, split.training));
}
