// What /risk does: somebody rules on a risk of phase 3's register.
import type { CommandGiven } from "./advance.ts";
import { decide, withNote } from "./decisions.ts";
import { redoFrom } from "./moves.ts";
import type { Step } from "./order.ts";
import { refuse } from "./refusal.ts";
import { isLive, RULINGS, type Ruling, type Run } from "./run.ts";

const USAGE = "`/risk R1 accept|modify|block [reason]`";

/** `modify` has the design made anew; the others are written down and weighed at the approval. */
export function ruleOnRisk(run: Run, given: CommandGiven): Step | string {
	if (!isLive(run)) refuse("This run has ended.");
	if (run.state === "paused")
		refuse("This run is paused. `/resume` it first, then rule.");
	if (run.approval)
		refuse("The design is approved; its risks were ruled on with it.");
	if (run.risks.length === 0)
		refuse("There is no risk to rule on yet; the register comes in phase 3.");
	const [id = "", word = "", ...rest] = given.command.args.split(/\s+/);
	const risk = run.risks.find((known) => known.id === id.toUpperCase());
	if (!risk)
		return refuse(
			`Name one of the risks ${run.risks.map((known) => known.id).join(", ")}: ${USAGE}.`,
		);
	const ruling = RULINGS.find((known) => known === word.toLowerCase());
	if (!ruling) return refuse(`Say how you rule: ${USAGE}.`);
	const reason = [rest.join(" "), given.command.note].filter(Boolean).join(" ");
	const ruled = withRulings(
		decide(run, given),
		given,
		[risk.id],
		ruling,
		reason,
	);
	if (ruling === "accept") return { run: ruled, orders: [] };
	const told = withNote(
		ruled,
		given,
		`${risk.id} (${risk.title}) is ruled "${ruling}"${reason ? `: ${reason}` : ""}.`,
	);
	if (ruling === "modify" && run.phase >= 4) return redoFrom(told, 4);
	return { run: told, orders: [] };
}

export function withRulings(
	run: Run,
	{ by, at }: CommandGiven,
	ids: readonly string[],
	ruling: Ruling["ruling"],
	reason: string,
): Run {
	const newer = ids.map((risk): Ruling => {
		const about = reason ? { reason } : {};
		return { risk, ruling, by, at, ...about };
	});
	const older = run.rulings.filter(({ risk }) => !ids.includes(risk));
	return { ...run, rulings: [...older, ...newer] };
}

/** Risks whose newest ruling is this one. */
export const ruledAs = (run: Run, ruling: Ruling["ruling"]) =>
	run.rulings.filter((known) => known.ruling === ruling);

export const isAccepted = (run: Run, id: string) =>
	ruledAs(run, "accept").some(({ risk }) => risk === id);
