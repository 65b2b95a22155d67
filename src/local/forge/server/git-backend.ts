import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate } from "../auth.ts";
import { atLeast, holds, reaches } from "../authorize.ts";
import { branchMoved } from "../changes/branch-moved.ts";
import { ZERO_SHA } from "../git/objects.ts";
import { listRefs } from "../git/refs.ts";
import { gitEnvironment } from "../git/run.ts";
import { Problem } from "../problem.ts";
import { findRepository, type Repository, roleOf } from "../state.ts";
import type { Caller, Turn, World } from "../world.ts";

export interface GitRequest {
	fullName: string;
	service: string;
	/** Also true for the talk that comes before a push. */
	push: boolean;
}

/** Null when the path is not one of git's. */
export function matchGit(url: URL): GitRequest | null {
	const [, owner, name, service = ""] =
		/^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(
			url.pathname,
		) ?? [];
	if (!owner) return null;
	const asked = url.searchParams.get("service") ?? service;
	const push = asked === "git-receive-pack";
	return { fullName: `${owner}/${name}`, service, push };
}

/** Lets git itself answer, and tells the App of what a push changed. */
export async function serveGit(
	world: World,
	{ fullName, service, push }: GitRequest,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
): Promise<void> {
	let repository: Repository;
	let caller: Caller;
	try {
		caller = authenticate(world, request.headers.authorization);
		repository = admit(world, fullName, caller, push);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const ask = { "www-authenticate": 'Basic realm="GitHub"' };
		response
			.writeHead(error.status, error.status === 401 ? ask : {})
			.end(`${error.message}\n`);
		return;
	}
	const login = caller.account?.login ?? "";
	const serve = () =>
		runBackend(world, repository, service, login, request, response, url);
	if (service !== "git-receive-pack" || !caller.account) {
		await serve();
		response.end();
		return;
	}
	const viaApp = caller.kind === "installation";
	const turn: Turn = { world, actor: caller.account, viaApp, outbox: [] };
	await world.serially(repository.id, async () => {
		const before = await listRefs(repository.directory);
		await serve();
		const after = await listRefs(repository.directory);
		for (const ref of new Set([...before.keys(), ...after.keys()])) {
			const [from, to] = [before.get(ref), after.get(ref)];
			if (from !== to)
				await branchMoved(
					turn,
					repository,
					ref,
					from ?? ZERO_SHA,
					to ?? ZERO_SHA,
				);
		}
	});
	// Only now is the push over for the client: what it moved has been seen.
	response.end();
	world.courier.send(turn.outbox);
}

function admit(
	world: World,
	fullName: string,
	caller: Caller,
	push: boolean,
): Repository {
	const repository = findRepository(world.state, fullName);
	const named = caller.account !== null;
	if (!named && (push || !repository || repository.private))
		throw new Problem(401, "Authentication required");
	if (!repository) throw new Problem(404, "Repository not found.");
	if (!named) return repository;
	const may =
		caller.kind === "installation"
			? reaches(caller, repository) &&
				holds(caller.token?.installation?.permissions ?? {}, [
					`contents:${push ? "write" : "read"}`,
				])
			: caller.kind === "person" &&
				caller.account !== null &&
				atLeast(roleOf(repository, caller.account), push ? "write" : "read");
	if (may) return repository;
	if (repository.private && !push)
		throw new Problem(404, "Repository not found.");
	throw new Problem(
		403,
		`Permission to ${repository.fullName}.git denied to ${caller.account?.login}.`,
	);
}

/** `git http-backend` is a CGI program: it answers with headers of its own. Leaves the response open. */
function runBackend(
	world: World,
	repository: Repository,
	service: string,
	login: string,
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
): Promise<void> {
	const { headers } = request;
	const env: Record<string, string> = {
		...gitEnvironment(world.root),
		GIT_PROJECT_ROOT: world.root,
		GIT_HTTP_EXPORT_ALL: "1",
		PATH_INFO: `/${repository.fullName}.git/${service}`,
		QUERY_STRING: url.search.slice(1),
		REQUEST_METHOD: request.method ?? "GET",
		CONTENT_TYPE: headers["content-type"] ?? "",
		REMOTE_USER: login,
		REMOTE_ADDR: "127.0.0.1",
		GIT_PROTOCOL: String(headers["git-protocol"] ?? ""),
	};
	if (headers["content-encoding"])
		env.HTTP_CONTENT_ENCODING = headers["content-encoding"];
	if (headers["content-length"]) env.CONTENT_LENGTH = headers["content-length"];
	return new Promise((resolve, reject) => {
		const child = spawn("git", ["http-backend"], {
			env,
			stdio: ["pipe", "pipe", "ignore"],
		});
		request.pipe(child.stdin);
		// A client that goes away in the middle breaks the pipe; that is its right.
		child.stdin.on("error", () => {});
		let head = Buffer.alloc(0);
		child.stdout.on("data", (chunk: Buffer) => {
			if (response.headersSent) {
				response.write(chunk);
				return;
			}
			head = Buffer.concat([head, chunk]);
			const end = head.indexOf("\r\n\r\n");
			if (end < 0) return;
			writeHead(response, head.subarray(0, end).toString());
			response.write(head.subarray(end + 4));
		});
		child.on("error", reject);
		child.on("close", () => {
			if (!response.headersSent) response.writeHead(500);
			resolve();
		});
	});
}

function writeHead(response: ServerResponse, text: string): void {
	let status = 200;
	for (const line of text.split("\r\n")) {
		const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
		if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
		else if (name) response.setHeader(name, value);
	}
	response.writeHead(status);
}
