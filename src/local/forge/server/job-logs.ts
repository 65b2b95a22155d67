// Logs of jobs lie beside the API: whoever is sent there needs no token, and one
// that is shown all the same is refused, as the store behind GitHub does.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { World } from "../world.ts";

export const jobLogAddress = ({ base }: World, key: string): string =>
	`${base}/job-logs/${key}`;

/** The key of the log that is asked for, or null when it is something else. */
export const matchJobLog = ({ pathname }: URL): string | null =>
	/^\/job-logs\/([\w-]+)$/.exec(pathname)?.[1] ?? null;

export function serveJobLog(
	{ state }: World,
	key: string,
	request: IncomingMessage,
	response: ServerResponse,
): void {
	const log = [...state.repositories.values()]
		.flatMap(({ checkRuns }) => [...checkRuns.values()])
		.find((run) => run.log?.key === key)?.log;
	const status = request.headers.authorization ? 400 : log ? 200 : 404;
	response.writeHead(status, { "content-type": "text/plain" });
	response.end(status === 200 ? log?.text : "");
}
