// Stands between a client and a model server and keeps what was sent, byte by byte.
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export interface Recording {
	readonly url: string;
	readonly bodies: string[];
	readonly headers: NodeJS.Dict<string | string[]>[];
	close(): void;
}

export async function recordRequests(target: string): Promise<Recording> {
	const bodies: string[] = [];
	const headers: Recording["headers"] = [];
	const server = createServer(async (incoming, outgoing) => {
		const body = Buffer.concat(await incoming.toArray());
		bodies.push(body.toString());
		headers.push(incoming.headers);
		const { method, headers: sent, url = "/" } = incoming;
		const onward = request(new URL(url, target), { method, headers: sent });
		onward.on("response", (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		// What breaks on one side breaks on the other.
		onward.on("error", () => outgoing.destroy());
		outgoing.on("close", () => onward.destroy());
		onward.end(body);
	});
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		bodies,
		headers,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
