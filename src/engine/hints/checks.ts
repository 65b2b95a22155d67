// Events of check runs: somebody pressed a button under one of our reviews.
import { z } from "zod";
import { FOCI, type Focus } from "../../reports/findings.ts";
import { type Button, parseIdentifier } from "../../run/buttons.ts";
import type { RepositoryRef } from "../../run/run.ts";
import { focusOfCheck } from "../../views/findings.ts";
import { taskOfCheck } from "../check-request.ts";
import { Account, Installation, Repository, repositoryRef } from "./shapes.ts";

const Press = z.object({
	action: z.enum(["requested_action", "rerequested"]),
	installation: Installation,
	repository: Repository,
	sender: Account,
	requested_action: z.object({ identifier: z.string() }).nullish(),
	check_run: z.object({
		id: z.number().int(),
		name: z.string(),
		external_id: z.string().nullish(),
		pull_requests: z.array(z.object({ number: z.number().int() })).nullish(),
	}),
});

export interface PressHint {
	readonly kind: "pressed";
	readonly repository: RepositoryRef;
	/** The task that the check belongs to. */
	readonly issue: { readonly number: number };
	readonly sender: string;
	readonly button: Button;
	readonly focus: Focus;
	readonly pull: number;
}

/** Undefined when the event means nothing for us. Must not throw. */
export function readPressHint(
	_event: string,
	payload: unknown,
): PressHint | undefined {
	const { data } = Press.safeParse(payload);
	if (data?.sender.type !== "User") return undefined;
	const { check_run: check, repository, installation, sender } = data;
	const task = taskOfCheck(check.external_id ?? "");
	const focus = focusOfCheck(check.name, FOCI);
	const press = pressOf(data);
	if (!focus || !press || task?.repositoryId !== repository.id)
		return undefined;
	return {
		kind: "pressed",
		repository: repositoryRef(repository, installation.id),
		issue: { number: task.issue },
		sender: sender.login,
		...{ focus, ...press },
	};
}

/** GitHub's own "Re-run" does not say where; one pull request has this head, as a rule. */
function pressOf({
	action,
	requested_action,
	check_run,
}: z.infer<typeof Press>) {
	if (action === "requested_action")
		return parseIdentifier(requested_action?.identifier ?? "");
	const [pull] = check_run.pull_requests ?? [];
	return pull && { button: "rerun" as const, pull: pull.number };
}
