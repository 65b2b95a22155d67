import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Octokit } from "@octokit/rest";
import { type Forge, startForge } from "../../../src/local/forge/forge.ts";

export const REPOSITORY = { owner: "acme", repo: "churn" };
export const FULL_NAME = "acme/churn";
export const SECRET = "a secret of this test";
export const APP_ID = 4200;

const encoding = { type: "pkcs8", format: "pem" } as const;
export const keys = generateKeyPairSync("rsa", {
	modulusLength: 2048,
	privateKeyEncoding: encoding,
	publicKeyEncoding: { type: "spki", format: "pem" },
});

export const FILES = {
	"README.md": "# churn\n",
	"src/model.py": "import csv\n\n\ndef fit(rows):\n    return len(rows)\n",
	"src/data/load.py": "def load(path):\n    return open(path).read()\n",
};

export interface Received {
	id: string;
	event: string;
	payload: Payload;
}

export interface Payload {
	action?: string;
	sender: { login: string; type: string };
	installation: { id: number };
	repository: { full_name: string };
	[key: string]: unknown;
}

/** An app's ear: keeps what arrives with a valid signature, refuses the rest. */
export async function listen() {
	const received: Received[] = [];
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk);
		const body = Buffer.concat(chunks);
		const mac = createHmac("sha256", SECRET).update(body).digest("hex");
		if (request.headers["x-hub-signature-256"] !== `sha256=${mac}`) {
			response.writeHead(400).end("wrong signature");
			return;
		}
		received.push({
			id: String(request.headers["x-github-delivery"]),
			event: String(request.headers["x-github-event"]),
			payload: JSON.parse(body.toString()),
		});
		response.end("ok");
	});
	await new Promise<void>((resolve) =>
		server.listen(0, "127.0.0.1", () => resolve()),
	);
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		received,
		/** "issues.opened", "push", … in the order of arrival. */
		names: () =>
			received.map(({ event, payload }) =>
				[event, payload.action].filter(Boolean).join("."),
			),
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

/** A forge with the repository acme/churn: alice is admin, wendy writes, bob reads. */
export async function openForge(webhookUrl = "http://127.0.0.1:9/") {
	const forge = await startForge({
		app: {
			id: APP_ID,
			slug: "modelwright",
			publicKey: keys.publicKey,
			webhookSecret: SECRET,
			webhookUrl,
		},
	});
	forge.addUser("acme", { type: "Organization" });
	for (const login of ["alice", "wendy", "bob"])
		forge.addUser(login, { token: `token-of-${login}` });
	await forge.addRepository("acme", "churn", FILES);
	forge.setPermission(FULL_NAME, "alice", "admin");
	forge.setPermission(FULL_NAME, "wendy", "write");
	return forge;
}

export function jwt(claims: object = {}, key = keys.privateKey): string {
	const now = Math.floor(Date.now() / 1000);
	const parts = [
		{ alg: "RS256", typ: "JWT" },
		{ iss: APP_ID, iat: now - 30, exp: now + 540, ...claims },
	].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
	const signature = sign("RSA-SHA256", Buffer.from(parts.join(".")), key);
	return `${parts.join(".")}.${signature.toString("base64url")}`;
}

export function client(forge: Forge, auth?: string): Octokit {
	return new Octokit({ baseUrl: forge.api, ...(auth && { auth }) });
}

export function person(forge: Forge, login: string): Octokit {
	return client(forge, `token-of-${login}`);
}

export async function installation(
	forge: Forge,
	narrowing: {
		repository_ids?: number[];
		permissions?: Record<string, "read" | "write">;
	} = {},
): Promise<Octokit> {
	return client(forge, await installationToken(forge, narrowing));
}

export async function installationToken(
	forge: Forge,
	narrowing: object = {},
): Promise<string> {
	const { data } = await client(
		forge,
		jwt(),
	).rest.apps.createInstallationAccessToken({
		installation_id: forge.installationId,
		...narrowing,
	});
	return data.token;
}

/** The failure of a call that must fail. */
export async function refusal(
	call: Promise<unknown>,
): Promise<{ status: number; message: string }> {
	try {
		await call;
	} catch (error) {
		return error as { status: number; message: string };
	}
	throw new Error("the call was expected to be refused");
}

/** A branch with one commit that writes the files; returns the commit's sha. */
export async function commitOn(
	octokit: Octokit,
	branch: string,
	files: Record<string, string | null>,
	from = "main",
): Promise<string> {
	const { git } = octokit.rest;
	const base = await git.getRef({ ...REPOSITORY, ref: `heads/${from}` });
	const parent = base.data.object.sha;
	const tree = await git.createTree({
		...REPOSITORY,
		base_tree: parent,
		tree: Object.entries(files).map(([path, content]) => ({
			path,
			mode: "100644" as const,
			type: "blob" as const,
			...(content === null ? { sha: null } : { content }),
		})),
	});
	const commit = await git.createCommit({
		...REPOSITORY,
		message: `Work on ${branch}`,
		tree: tree.data.sha,
		parents: [parent],
	});
	const { sha } = commit.data;
	if (branch === from)
		await git.updateRef({ ...REPOSITORY, ref: `heads/${branch}`, sha });
	else await git.createRef({ ...REPOSITORY, ref: `refs/heads/${branch}`, sha });
	return sha;
}
