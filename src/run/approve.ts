// What /approve does: it answers the open gate, and binds to what was shown.
import type { CommandGiven } from "./advance.ts";
import { decide } from "./decisions.ts";
import { namesDigest } from "./digest.ts";
import { goOn, startPhase } from "./moves.ts";
import type { Step } from "./order.ts";
import { refuse } from "./refusal.ts";
import type { OpenGate, Run } from "./run.ts";

export function approve(run: Run, given: CommandGiven): Step {
	const gate = gateOf(run, given);
	if (!gate) return alreadyApproved(run, given);
	if (gate.name === "findings" || gate.name === "trouble")
		refuse(`This gate is not answered by /approve but by \`${gate.command}\`.`);
	if (gate.digest) mustNameDigest(gate, gate.digest, given);
	if (gate.name !== "approval") return goOn(decide(run, given), given.at);
	if (issueChanged(run, given)) return reconsider(run, given);
	const approval = {
		digest: gate.digest ?? "",
		by: given.by,
		at: given.at,
	};
	return goOn({ ...decide(run, given), approval }, given.at);
}

/** The gate an approval would answer. */
function gateOf(run: Run, given: CommandGiven): OpenGate | undefined {
	if (run.state === "paused")
		refuse("This run is paused. `/resume` it first, then decide.");
	if (run.state === "waiting" && run.gate) return run.gate;
	if (!run.approval && !given.command.args)
		refuse("Nothing waits for an approval now.");
	return undefined;
}

/** Approving twice is no fault: the second one changes nothing. */
function alreadyApproved(run: Run, given: CommandGiven): Step {
	const { args } = given.command;
	if (run.approval && (args === "" || namesDigest(args, run.approval.digest)))
		return { run, orders: [] };
	return refuse(
		"Nothing waits for an approval now, or the digest is of an older design.",
	);
}

function mustNameDigest(gate: OpenGate, digest: string, given: CommandGiven) {
	const typed = given.command.args.split(/\s+/)[0] ?? "";
	if (typed === "" && !given.facts.askUnchanged)
		refuse(
			`The comment that asks was changed, or is newer than your command. Read it again and give its digest: \`${gate.command}\`.`,
		);
	if (typed !== "" && !namesDigest(typed, digest))
		refuse(
			`\`${typed.slice(0, 64).replaceAll("`", "")}\` is not what waits for approval; the digest shown is in \`${gate.command}\`.`,
		);
}

const issueChanged = (run: Run, { facts }: CommandGiven) =>
	facts.issueTitle !== run.issue.title || facts.issueBody !== run.issue.body;

/** The issue was edited after the design was posted: plan the evaluation anew and ask again. */
function reconsider(run: Run, given: CommandGiven): Step {
	const { issueTitle: title, issueBody: body } = given.facts;
	const edited: Run = {
		...run,
		issue: { ...run.issue, title, body },
		notes: [
			...run.notes,
			{
				phase: run.phase,
				by: given.by,
				text: "The issue was edited after the design was posted; its new text counts.",
			},
		],
	};
	return startPhase(edited, 6);
}
