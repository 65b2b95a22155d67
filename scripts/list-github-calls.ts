// Writes docs/github-calls.md: every operation of GitHub's that the local
// GitHub serves and the app may use, with what it needs. Run:
// node scripts/list-github-calls.ts

import { readFileSync, writeFileSync } from "node:fs";
import {
	OPERATION_IDS,
	OPERATIONS,
	type OperationId,
} from "../src/local/forge/operations.ts";

const SPEC = new URL(
	"../src/local/forge/spec/github-cut.json",
	import.meta.url,
);
export const PAGE = new URL("../docs/github-calls.md", import.meta.url);

const INTRODUCTION = `# GitHub calls

The operations of GitHub's REST API that Modelwright is built on, by GitHub's
own names, and the permission each needs. The local GitHub of the demo and the
tests serves these and no others; its requests, answers and webhooks are checked
against GitHub's OpenAPI descriptions. Where two permissions are named, either is
enough on a pull request; on a plain issue it must be \`issues\`.

This page is generated: change \`src/local/forge/operations.ts\`, then run
\`node scripts/cut-openapi.ts\` and \`node scripts/list-github-calls.ts\`.
`;

const GRAPHQL = `## By GraphQL

Two things about a pull request GitHub offers by GraphQL only. The others are
here because one request may hold several of them, where REST takes one at a
time: a host that does not answer them is asked by REST instead.

| mutation | does | needs |
|---|---|---|
| \`markPullRequestReadyForReview\` | takes a pull request out of draft | \`pull_requests: write\` |
| \`convertPullRequestToDraft\` | puts it back into draft | \`pull_requests: write\` |
| \`updatePullRequest\` | changes its text | \`pull_requests: write\` |
| \`createCheckRun\` | adds a check run to a commit | \`checks: write\` |
`;

const CALLERS = {
	anyone: "nobody need say who they are",
	app: "the App's own token (JWT)",
	person: "a person's token",
};

function needs(id: OperationId): string {
	const { caller, permissions } = OPERATIONS[id];
	if (caller === "anyone" || caller === "app" || caller === "person")
		return CALLERS[caller];
	return permissions.map((one) => `\`${one.replace(":", ": ")}\``).join(" or ");
}

/** The page as it should stand. */
export function listGithubCalls(): string {
	const { paths } = JSON.parse(readFileSync(SPEC, "utf8")) as {
		paths: Record<string, Record<string, { operationId: OperationId }>>;
	};
	const places = new Map(
		Object.entries(paths).flatMap(([path, item]) =>
			Object.entries(item).map(([method, { operationId }]) => [
				operationId,
				`\`${method.toUpperCase()} ${path}\``,
			]),
		),
	);
	const rows = OPERATION_IDS.map(
		(id) => `| ${id} | ${places.get(id)} | ${needs(id)} |`,
	);
	const table = ["| operation | request | needs |", "|---|---|---|", ...rows];
	return [INTRODUCTION, `${table.join("\n")}\n`, GRAPHQL].join("\n");
}

if (import.meta.main) writeFileSync(PAGE, listGithubCalls());
