import type { Acts } from "../acts.ts";
import type { Repository } from "../state.ts";
import { checkPath, issuePath } from "./paths.ts";

/** A form that was sent: who does what where. */
export interface Sent {
	acts: Acts;
	repository: Repository;
	/** The number or id in the address, and what follows it. */
	numbers: number[];
	as: string;
	/** A field's text, empty when the form has none. */
	field(name: string): string;
}

/** Does what the form asks; returns where to go next. A refusal is thrown as a Problem. */
export type Deed = (sent: Sent) => Promise<string>;

export const DEEDS: readonly (readonly [pattern: RegExp, deed: Deed])[] = [
	[/^\/issues$/, openIssue],
	[/^\/(?:issues|pull)\/(\d+)\/comments$/, comment],
	[/^\/(?:issues|pull)\/(\d+)\/comments\/(\d+)$/, editComment],
	[/^\/(?:issues|pull)\/(\d+)\/edit$/, editIssue],
	[/^\/(?:issues|pull)\/(\d+)\/labels$/, changeLabels],
	[/^\/(?:issues|pull)\/(\d+)\/state$/, openOrClose],
	[/^\/pull\/(\d+)\/merge$/, merge],
	[/^\/pull\/(\d+)\/ready$/, ready],
	[/^\/pull\/(\d+)\/draft$/, draft],
	[/^\/pull\/(\d+)\/reviews$/, review],
	[/^\/pull\/(\d+)\/lines$/, commentOnLine],
	[/^\/pull\/(\d+)\/replies\/(\d+)$/, reply],
	[/^\/runs\/(\d+)\/press$/, press],
];

function pageOf({ repository, numbers }: Sent): string {
	const [number = 0] = numbers;
	const pull = repository.issues.get(number)?.pull ?? null;
	return issuePath(repository, { number, pull });
}

async function openIssue(sent: Sent): Promise<string> {
	const { acts, repository, as, field } = sent;
	const { number } = await acts.openIssue(repository.fullName, as, {
		title: field("title"),
		body: field("body"),
	});
	if (field("label"))
		await acts.label(repository.fullName, number, as, field("label"));
	return issuePath(repository, { number, pull: null });
}

async function comment(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const [number = 0] = numbers;
	const { id } = await acts.comment(
		repository.fullName,
		number,
		as,
		field("body"),
	);
	return `${pageOf(sent)}#issuecomment-${id}`;
}

async function editComment(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const [, id = 0] = numbers;
	await acts.editComment(repository.fullName, id, as, field("body"));
	return `${pageOf(sent)}#issuecomment-${id}`;
}

async function editIssue(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const changes = { title: field("title"), body: field("body") };
	await acts.editIssue(repository.fullName, numbers[0] ?? 0, as, changes);
	return pageOf(sent);
}

async function changeLabels(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const [number = 0] = numbers;
	const { fullName } = repository;
	if (field("add")) await acts.label(fullName, number, as, field("add"));
	if (field("remove"))
		await acts.unlabel(fullName, number, as, field("remove"));
	return pageOf(sent);
}

async function openOrClose(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const state = field("state") === "open" ? "open" : "closed";
	await acts.editIssue(repository.fullName, numbers[0] ?? 0, as, { state });
	return pageOf(sent);
}

async function merge(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const methods = ["merge", "squash", "rebase"] as const;
	const method = methods.find((one) => one === field("method")) ?? "merge";
	await acts.mergePull(repository.fullName, numbers[0] ?? 0, as, method);
	return pageOf(sent);
}

async function ready(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as } = sent;
	await acts.readyForReview(repository.fullName, numbers[0] ?? 0, as);
	return pageOf(sent);
}

async function draft(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as } = sent;
	await acts.convertToDraft(repository.fullName, numbers[0] ?? 0, as);
	return pageOf(sent);
}

async function review(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const events = ["APPROVE", "REQUEST_CHANGES", "COMMENT"] as const;
	const event = events.find((one) => one === field("event")) ?? "COMMENT";
	const body = field("body");
	await acts.reviewPull(repository.fullName, numbers[0] ?? 0, as, {
		event,
		...(body && { body }),
	});
	return pageOf(sent);
}

async function commentOnLine(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const side = field("side") === "LEFT" ? "LEFT" : "RIGHT";
	await acts.reviewPull(repository.fullName, numbers[0] ?? 0, as, {
		event: "COMMENT",
		comments: [
			{
				path: field("path"),
				line: Number(field("line")),
				side,
				body: field("body"),
			},
		],
	});
	const last = [...repository.reviewComments.keys()].at(-1);
	return `${pageOf(sent)}#thread-${last}`;
}

async function reply(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const [number = 0, id = 0] = numbers;
	const { fullName } = repository;
	await acts.replyToReview(fullName, number, as, id, field("body"));
	return `${pageOf(sent)}#thread-${id}`;
}

async function press(sent: Sent): Promise<string> {
	const { acts, repository, numbers, as, field } = sent;
	const [id = 0] = numbers;
	const { fullName } = repository;
	const identifier = field("identifier");
	if (identifier) await acts.pressCheckButton(fullName, id, as, identifier);
	else await acts.rerunCheck(fullName, id, as);
	return checkPath(repository, id);
}
