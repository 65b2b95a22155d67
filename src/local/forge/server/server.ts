import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from "node:http";
import type { World } from "../world.ts";
import { matchApi, serveApi } from "./api.ts";
import { matchArtifact, serveArtifact } from "./artifacts.ts";
import { matchGit, serveGit } from "./git-backend.ts";
import { matchJobLog, serveJobLog } from "./job-logs.ts";

/** Answers what is neither API nor git; false means: no such page. */
export type Pages = (
	request: IncomingMessage,
	response: ServerResponse,
) => Promise<boolean>;

export function createForgeServer(world: World, pages: Pages): Server {
	return createServer((request, response) => {
		serve(world, pages, request, response).catch((error) => {
			const text = error instanceof Error ? (error.stack ?? "") : String(error);
			const what = `${request.method} ${request.url}`;
			world.violations.push({ where: "answer", what, faults: [text] });
			if (!response.headersSent) response.writeHead(500);
			response.end();
		});
	});
}

async function serve(
	world: World,
	pages: Pages,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const url = new URL(request.url ?? "/", world.base);
	const git = matchGit(url);
	if (git) return serveGit(world, git, request, response, url);
	const path = matchApi(request, url);
	if (path !== null) return serveApi(world, path, request, response, url);
	const log = matchJobLog(url);
	if (log) return serveJobLog(world, log, request, response);
	const artifact = matchArtifact(url);
	if (artifact) return serveArtifact(world, artifact, request, response);
	if (await pages(request, response)) return;
	response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
	response.end("This is not the web page you are looking for.\n");
}
