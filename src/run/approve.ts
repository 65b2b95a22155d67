// What /approve does: it answers the open gate, and binds to what was shown.
import type { CommandGiven } from "./advance.ts";
import type { Answered } from "./answers.ts";
import { decide } from "./decisions.ts";
import { isDigest, namesDigest } from "./digest.ts";
import type { OpenGate } from "./gate.ts";
import { goOn, nextPhase } from "./moves.ts";
import type { Step } from "./order.ts";
import { askAgain, bringToToday } from "./outdated.ts";
import { refuse } from "./refusal.ts";
import { ruledAs, withRulings } from "./rule-on-risk.ts";
import type { Run } from "./run.ts";
import { waiveStuck } from "./stuck.ts";

export function approve(run: Run, given: CommandGiven): Answered {
	const gate = gateOf(run, given);
	if (!gate) return alreadyApproved(run, given);
	if (gate.name === "findings" || gate.name === "trouble")
		refuse(`This gate is not answered by /approve but by \`${gate.command}\`.`);
	if (gate.digest) mustNameDigest(gate, gate.digest, given);
	// A digest was meant for a design or a result, not for what is asked here.
	else if (isDigest(argumentsOf(given).digest))
		return alreadyApproved(run, given);
	if (gate.name === "risks") mustNotBeBlocked(run);
	if (gate.name === "stack")
		return nextPhase(waiveStuck(decide(run, given)), given.at);
	if (gate.name !== "approval") return goOn(decide(run, given), given.at);
	return approveDesign(run, gate, given);
}

function approveDesign(
	run: Run,
	gate: OpenGate,
	given: CommandGiven,
): Answered {
	const { now } = given.facts;
	const { by, at } = given;
	const today = now && bringToToday(run, now, at);
	if (today && today.changes.length > 0)
		return {
			...askAgain(today, by, at),
			refused: true,
			reply: `not approved yet: ${list(today.changes.map(({ what }) => `the ${what}`))} changed since the design was shown. ${today.stale ? "It no longer fits its ground and is made anew from phase 4 on" : "It is shown again with the difference"}; then I ask once more.`,
		};
	const accepted = acceptedRisks(run, gate, given);
	mustNotBeBlocked(run, accepted);
	const ruled = withRulings(
		decide(today?.run ?? run, given),
		given,
		accepted,
		"accept",
		given.command.note,
	);
	const { sha: base } = ruled.base;
	const approval = { digest: gate.digest ?? "", base, by, at };
	return goOn({ ...ruled, approval }, at);
}

const list = (names: readonly string[]) => [...new Set(names)].join(" and ");

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
	const { digest: typed } = argumentsOf(given);
	if (run.approval && (typed === "" || namesDigest(typed, run.approval.digest)))
		return { run, orders: [] };
	return refuse(
		"Nothing waits for an approval now, or the digest is of an older design.",
	);
}

/** `/approve [digest] [accept R1,R2]` */
function argumentsOf({ command }: CommandGiven) {
	const [, digest = "", risks = ""] =
		/^(.*?)(?:\s*\baccept(?:ing)?\b(.*))?$/is.exec(command.args) ?? [];
	return {
		digest: digest.trim().split(/\s+/)[0] ?? "",
		risks: risks
			.toUpperCase()
			.split(/[\s,]+/)
			.filter(Boolean),
	};
}

function mustNameDigest(gate: OpenGate, digest: string, given: CommandGiven) {
	const { digest: typed } = argumentsOf(given);
	if (typed === "" && !given.facts.askUnchanged)
		refuse(
			`The comment that asks was changed, or is newer than your command. Read it again and give its digest: \`${gate.command}\`.`,
		);
	if (typed !== "" && !namesDigest(typed, digest))
		refuse(
			`\`${typed.slice(0, 64).replaceAll("`", "")}\` is not what waits for approval; the digest shown is in \`${gate.command}\`.`,
		);
}

/** The risks this approval accepts by name; refused while a critical one is left out. */
function acceptedRisks(run: Run, gate: OpenGate, given: CommandGiven) {
	const { risks } = argumentsOf(given);
	const unknown = risks.filter(
		(id) => !run.risks.some((known) => known.id === id),
	);
	if (unknown.length > 0)
		refuse(
			`There is no risk ${unknown.join(", ")}; the register has ${run.risks.map(({ id }) => id).join(", ") || "none"}.`,
		);
	const accepted = new Set([
		...risks,
		...ruledAs(run, "accept").map(({ risk }) => risk),
	]);
	const open = (gate.mustAccept ?? []).filter((id) => !accepted.has(id));
	if (open.length > 0)
		refuse(
			`${open.join(", ")} ${open.length > 1 ? "are" : "is"} critical, and this design does not mitigate ${open.length > 1 ? "them" : "it"}. Accept by name, \`/approve ${gate.digest?.slice(0, 8)} accept ${(gate.mustAccept ?? []).join(",")}\`, or have the design changed: \`/risk ${open[0]} modify <how>\`.`,
		);
	return risks;
}

function mustNotBeBlocked(run: Run, accepted: readonly string[] = []) {
	const [blocked] = ruledAs(run, "block").filter(
		({ risk }) => !accepted.includes(risk),
	);
	if (blocked)
		refuse(
			`${blocked.risk} is ruled \`block\` by \`${blocked.by}\`. Rule anew first: \`/risk ${blocked.risk} accept\` or \`/risk ${blocked.risk} modify <how>\`.`,
		);
}
