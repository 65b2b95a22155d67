import { accountShape } from "../shapes/account.ts";
import { repositoryShape } from "../shapes/repository.ts";
import { installationOf, type Repository } from "../state.ts";
import type { Turn } from "../world.ts";

/** What the App subscribed to; other events happen without being told. */
const SUBSCRIBED = new Set([
	"check_run",
	"issue_comment",
	"issues",
	"pull_request",
	"pull_request_review",
	"pull_request_review_comment",
	"push",
	"repository",
	"status",
	"workflow_run",
]);

/**
 * Puts one webhook into the turn's outbox. The payload is a snapshot: what
 * changes afterwards must not show in it.
 */
export function emit(
	turn: Turn,
	repository: Repository,
	event: string,
	action: string | null,
	details: Record<string, unknown>,
): void {
	const { world } = turn;
	const installation = installationOf(world.state, repository);
	if (!installation || !SUBSCRIBED.has(event)) return;
	const shape = repositoryShape(world, repository);
	post(turn, event, action, repository.id, installation.id, {
		...details,
		repository:
			event === "push"
				? {
						...shape,
						pushed_at: seconds(repository.pushedAt),
						created_at: seconds(repository.createdAt),
					}
				: shape,
		sender: accountShape(world, turn.actor),
		installation: {
			id: installation.id,
			node_id: Buffer.from(`Integration:${installation.id}`).toString("base64"),
		},
	});
}

function seconds(date: string): number {
	return Date.parse(date) / 1000;
}

/** Completes the payload, checks it against GitHub's schema and keeps it for sending. */
export function post(
	{ world, outbox }: Turn,
	event: string,
	action: string | null,
	repositoryId: number | null,
	installationId: number,
	details: Record<string, unknown>,
): void {
	const name = [event, action]
		.filter((part) => part !== null)
		.join("-")
		.replaceAll("_", "-");
	const payload = world.contract.completePayload(
		name,
		action === null ? details : { action, ...details },
	);
	const faults = world.contract.payloadFaults(name, payload);
	if (faults.length > 0)
		world.violations.push({ where: "webhook", what: name, faults });
	const body = JSON.stringify(payload);
	outbox.push({ event, action, repositoryId, installationId, body });
}
