import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { MODELS } from "./models.ts";
import { priceOf, promptTokens, type Usage } from "./usage.ts";

/** One request for a message, from its arrival on. */
export interface JournalEntry {
	/** The request id, unique across servers that share a file. */
	id: string;
	/** From 1, in order of arrival. */
	n: number;
	/** Arrival, ISO 8601. */
	time: string;
	agent: string;
	phase?: number;
	turn: number;
	model: string;
	streamed: boolean;
	bytes: number;
	/** How often the SDK had tried this request before. */
	retry: number;
	/** Equal for two requests whose messages say the same. */
	digest: string;
	/** Names of the rules that answered. */
	rule?: string;
	/** Kind of the fault that was played. */
	fault?: string;
	/** The HTTP status; 0 while, or because, nothing was answered. */
	status: number;
	/** What was wrong with the request, where it was refused. */
	error?: string;
	stopReason?: string;
	usage?: Usage;
	/** Until the connection was done with it. */
	ms?: number;
	/** The whole answer was sent. */
	complete: boolean;
}

export interface Totals {
	requests: number;
	promptTokens: number;
	cacheReadTokens: number;
	outputTokens: number;
	usd: number;
}

/** Keeps the entries and, if asked, a file that outlives the process. */
export class Journal {
	readonly entries: JournalEntry[] = [];
	readonly #file: string | undefined;

	constructor(file?: string) {
		this.#file = file;
	}

	/** Written at arrival too, so that a request in flight at a crash is on record. */
	arrived(entry: JournalEntry): void {
		this.entries.push(entry);
		this.#append(entry);
	}

	ended(entry: JournalEntry): void {
		this.#append(entry);
	}

	#append(entry: JournalEntry): void {
		if (this.#file) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
	}
}

/** The entries of a journal file, each as it was last written, in order of arrival. */
export function readJournal(file: string): JournalEntry[] {
	if (!existsSync(file)) return [];
	const entries = new Map<string, JournalEntry>();
	for (const line of readFileSync(file, "utf8").split("\n")) {
		if (!line.endsWith("}")) continue;
		const entry = JSON.parse(line) as JournalEntry;
		entries.set(entry.id, entry);
	}
	return [...entries.values()];
}

export function totalsOf(entries: Iterable<JournalEntry>): Totals {
	const totals: Totals = {
		requests: 0,
		promptTokens: 0,
		cacheReadTokens: 0,
		outputTokens: 0,
		usd: 0,
	};
	for (const { usage, model } of entries) {
		totals.requests++;
		const card = MODELS[model];
		if (!usage || !card) continue;
		totals.promptTokens += promptTokens(usage);
		totals.cacheReadTokens += usage.cache_read_input_tokens;
		totals.outputTokens += usage.output_tokens;
		totals.usd += priceOf(usage, card);
	}
	return totals;
}
