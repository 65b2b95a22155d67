import { createHash } from "node:crypto";
import { countTokens } from "./tokens.ts";
import { blocksOf, type WireRequest } from "./wire.ts";

const TTL_MS = { "5m": 300_000, "1h": 3_600_000 };
type Ttl = keyof typeof TTL_MS;

/** A breakpoint finds an older entry only within this many blocks, itself included. */
const LOOK_BACK = 20;

interface PrefixBlock {
	/** Hash of everything up to and including this block. */
	key: string;
	/** Tokens up to and including this block. */
	tokens: number;
	mark?: Ttl;
}

/** What the cache made of one prompt. */
export interface CacheOutcome {
	input: number;
	read: number;
	write5m: number;
	write1h: number;
	/** To be called when the response begins: only then can others read the entries. */
	publish(): void;
}

/** Prompt caching as documented: exact prefixes, breakpoints, look-back, two lifetimes. */
export class PromptCache {
	readonly #entries = new Map<string, { expires: number; ttl: Ttl }>();
	readonly #now: () => number;

	constructor(now: () => number = Date.now) {
		this.#now = now;
	}

	look(request: WireRequest, minTokens: number): CacheOutcome {
		const blocks = prefixBlocks(request);
		const read = this.#longestRead(blocks, minTokens);
		const readTokens = blocks[read]?.tokens ?? 0;
		const written = { "5m": 0, "1h": 0 };
		const entries: [string, Ttl][] = [];
		let covered = readTokens;
		for (const [i, block] of blocks.entries()) {
			if (!block.mark || i <= read || block.tokens < minTokens) continue;
			entries.push([block.key, block.mark]);
			written[block.mark] += block.tokens - covered;
			covered = block.tokens;
		}
		return {
			input: (blocks.at(-1)?.tokens ?? 0) - covered,
			read: readTokens,
			write5m: written["5m"],
			write1h: written["1h"],
			publish: () => {
				for (const [key, ttl] of entries) this.#keep(key, ttl);
			},
		};
	}

	#keep(key: string, ttl: Ttl): void {
		this.#entries.set(key, { ttl, expires: this.#now() + TTL_MS[ttl] });
	}

	/** Index of the last block of the longest cached prefix, or -1. */
	#longestRead(blocks: PrefixBlock[], minTokens: number): number {
		let longest = -1;
		for (const [i, block] of blocks.entries()) {
			if (!block.mark) continue;
			for (let j = i; j > Math.max(-1, i - LOOK_BACK); j--) {
				const { key = "", tokens = 0 } = blocks[j] ?? {};
				const entry = this.#entries.get(key);
				if (!entry || entry.expires <= this.#now()) continue;
				if (tokens < minTokens) continue;
				this.#keep(key, entry.ttl);
				longest = Math.max(longest, j);
				break;
			}
		}
		return longest;
	}
}

/** All tokens of a prompt; `count_tokens` and the cache agree on it. */
export function promptSize(request: WireRequest): number {
	return prefixBlocks(request).at(-1)?.tokens ?? 0;
}

function prefixBlocks(request: WireRequest): PrefixBlock[] {
	const blocks: PrefixBlock[] = [];
	const hash = createHash("sha256");
	let tokens = 0;
	const add = (role: string, block: { cache_control?: unknown }) => {
		const { cache_control: mark, ...said } = block;
		const text = JSON.stringify(said);
		tokens += countTokens(text);
		hash.update(role).update(text);
		const key = hash.copy().digest("hex");
		blocks.push({ key, tokens, ...marked(mark) });
	};
	// A changed model or answer format drops everything; changed tool choice
	// or thinking drops the messages only.
	hash.update(
		JSON.stringify([request.model, request.output_config?.format ?? null]),
	);
	for (const tool of request.tools ?? []) add("tool", tool);
	for (const block of blocksOf(request.system)) add("system", block);
	hash.update(
		JSON.stringify([request.tool_choice ?? null, request.thinking ?? null]),
	);
	for (const message of request.messages)
		for (const block of blocksOf(message.content)) add(message.role, block);
	const last = blocks.at(-1);
	if (last && request.cache_control)
		Object.assign(last, { ...marked(request.cache_control), ...last });
	return blocks;
}

function marked(control: unknown): { mark?: Ttl } {
	if (!control) return {};
	return { mark: (control as { ttl?: Ttl }).ttl ?? "5m" };
}
