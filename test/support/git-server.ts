// Serves the bare repositories of a folder by git's own smart HTTP program.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface GitServer {
	readonly origin: string;
	/** What clients sent, in order. */
	readonly authorizations: (string | undefined)[];
	close(): void;
}

export interface GitServerOptions {
	/** Without it everybody may read. */
	readonly token?: string;
	/** Speak protocol 0, which refuses commits that no branch ends in. */
	readonly old?: boolean;
	/** Called per request; the answer waits for it. */
	readonly before?: () => Promise<void>;
}

export async function serveGit(
	root: string,
	{ token, old, before }: GitServerOptions = {},
): Promise<GitServer> {
	const authorizations: (string | undefined)[] = [];
	const wanted = token && `Basic ${btoa(`x-access-token:${token}`)}`;
	const server = createServer(async (request, response) => {
		authorizations.push(request.headers.authorization);
		await before?.();
		if (wanted && request.headers.authorization !== wanted) {
			response.writeHead(401, { "www-authenticate": "Basic" }).end();
			return;
		}
		const env = cgi(request, root, old ?? false);
		const git = spawn("git", ["http-backend"], { env });
		request.pipe(git.stdin);
		const chunks: Buffer[] = [];
		git.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
		await once(git, "close");
		const answer = Buffer.concat(chunks);
		const split = answer.indexOf("\r\n\r\n");
		const head = answer.subarray(0, split).toString().split("\r\n");
		for (const line of head) {
			const [name = "", value = ""] = line.split(": ");
			if (name === "Status") response.statusCode = Number.parseInt(value, 10);
			else response.setHeader(name, value);
		}
		response.end(answer.subarray(split + 4));
	});
	await once(server.listen(0, "127.0.0.1"), "listening");
	const { port } = server.address() as AddressInfo;
	return {
		origin: `http://127.0.0.1:${port}`,
		authorizations,
		close: () => server.close(),
	};
}

function cgi(
	{ url, method, headers }: IncomingMessage,
	root: string,
	old: boolean,
) {
	const { pathname, searchParams } = new URL(url ?? "/", "http://localhost");
	return {
		PATH: process.env.PATH,
		GIT_CONFIG_NOSYSTEM: "1",
		GIT_CONFIG_GLOBAL: "/dev/null",
		GIT_PROJECT_ROOT: root,
		GIT_HTTP_EXPORT_ALL: "1",
		...(old ? {} : { GIT_PROTOCOL: String(headers["git-protocol"] ?? "") }),
		PATH_INFO: pathname,
		QUERY_STRING: searchParams.toString(),
		REQUEST_METHOD: method,
		CONTENT_TYPE: headers["content-type"] ?? "",
		...(headers["content-encoding"] && {
			HTTP_CONTENT_ENCODING: headers["content-encoding"],
		}),
	};
}
