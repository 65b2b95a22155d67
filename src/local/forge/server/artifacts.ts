// Artifacts of runs lie beside the API, as logs of jobs do.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "../world.ts";

export const artifactAddress = ({ base }: World, key: string): string =>
	`${base}/artifacts/${key}`;

/** The key of the artifact that is asked for, or null when it is something else. */
export const matchArtifact = ({ pathname }: URL): string | null =>
	/^\/artifacts\/([\w-]+)$/.exec(pathname)?.[1] ?? null;

export function serveArtifact(
	{ state }: World,
	key: string,
	request: IncomingMessage,
	response: ServerResponse,
): void {
	const found = [...state.repositories.values()]
		.flatMap(({ workflowRuns }) => [...workflowRuns.values()])
		.flatMap(({ artifacts }) => artifacts)
		.find((artifact) => artifact.key === key);
	const status = request.headers.authorization ? 400 : found ? 200 : 404;
	response.writeHead(status, { "content-type": "application/zip" });
	response.end(status === 200 ? found?.zip : "");
}
