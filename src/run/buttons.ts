// The buttons under a review check, each the same as a command.
import type { Pressed } from "./advance.ts";
import { answerCommand } from "./answers.ts";
import type { Command } from "./commands.ts";
import { nothing } from "./moves.ts";
import { openFindings } from "./open-findings.ts";
import type { Step } from "./order.ts";
import { mayCommand } from "./permissions.ts";
import { isLive, type Run } from "./run.ts";

/** GitHub takes 20 characters for a label, 40 for a description. */
export const BUTTONS = {
	fix: { label: "Fix", description: "Fix these, leave other findings as is" },
	dismiss: { label: "Dismiss", description: "Let these stand, for good" },
	rerun: { label: "Re-run", description: "Review the pull requests anew" },
} as const;
export type Button = keyof typeof BUTTONS;

/** Which button on which pull request, in the 20 characters GitHub keeps for us. */
export const identifierOf = (button: Button, pull: number) =>
	`${button}:${pull}`;

export function parseIdentifier(
	identifier: string,
): { button: Button; pull: number } | undefined {
	const [, button = "", pull] = /^([a-z]+):(\d{1,10})$/.exec(identifier) ?? [];
	return Object.hasOwn(BUTTONS, button)
		? { button: button as Button, pull: Number(pull) }
		: undefined;
}

/** A press is answered as the command it stands for; where that says no, so does the reply. */
export function pressed(run: Run, press: Pressed): Step {
	const { button, pull, by, role, at, key } = press;
	if (button === "rerun" && !isLive(run))
		return mayCommand(role, "retry") && run.state === "delivered"
			? { run, orders: [{ do: "show-findings", pulls: [pull] }] }
			: nothing(run);
	return answerCommand(run, {
		type: "command",
		command: commandOf(run, press),
		...{ by, role, at },
		from: { press: key },
		facts: { askUnchanged: true },
	});
}

function commandOf(run: Run, { button, pull, focus }: Pressed): Command {
	if (button === "rerun") return { verb: "retry", args: "10", note: "" };
	const ids = openFindings(run)
		.filter((one) => one.pull === pull && one.focus === focus)
		.map(({ id }) => id)
		.join(",");
	return button === "fix"
		? { verb: "fix", args: ids, note: "" }
		: {
				verb: "dismiss",
				args: `${ids} by the button of "${focus}"`.trim(),
				note: "",
			};
}
