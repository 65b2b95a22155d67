import { createHash, createHmac, type Hash } from "node:crypto";
import { canonical } from "./canonical.ts";
import { blocksOf, type WireBlock, type WireRequest } from "./wire.ts";

// A signature binds a thinking block to its text and to all that came before
// it: tools, system, earlier messages, earlier blocks of its own message. The
// key is constant, so that signatures outlive a restart of the server.
const KEY = "scripted model";

const hmac = (text: string) =>
	createHmac("sha256", KEY).update(text).digest("hex").slice(0, 32);

/** Reads a conversation block by block and signs at any place within it. */
export class Signer {
	readonly #prefix: Hash;

	constructor(request: Pick<WireRequest, "tools" | "system">) {
		this.#prefix = createHash("sha256").update(
			canonical([request.tools ?? [], blocksOf(request.system)]),
		);
	}

	pass(role: string, block: WireBlock): void {
		this.#prefix.update(role).update(canonical(block));
	}

	sign(thinking: string): string {
		return hmac(thinking) + hmac(this.#prefix.copy().digest("hex"));
	}
}

/** Stands at the end of the request's messages, where the answer begins. */
export function signerAtEnd(request: WireRequest): Signer {
	const signer = new Signer(request);
	for (const message of request.messages)
		for (const block of blocksOf(message.content))
			signer.pass(message.role, block);
	return signer;
}

/** What is wrong with the thinking blocks a client sent back, if anything. */
export function signatureFault(request: WireRequest): string | undefined {
	const signer = new Signer(request);
	for (const [i, message] of request.messages.entries())
		for (const [k, block] of blocksOf(message.content).entries()) {
			if (block.type === "thinking") {
				const expected = signer.sign(block.thinking ?? "");
				const given = block.signature ?? "";
				const at = `messages.${i}.content.${k}: Invalid \`signature\` in \`thinking\` block`;
				if (given.slice(0, 32) !== expected.slice(0, 32)) return at;
				if (given !== expected)
					return `${at}. The block is bound to a different conversation. Remove the block, or send back tools, system and earlier messages unchanged.`;
			}
			signer.pass(message.role, block);
		}
	return undefined;
}
