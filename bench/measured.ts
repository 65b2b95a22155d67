/** What a bench hands back: figures for machines, and the same for people. */
export interface Measured {
	readonly figures: Readonly<Record<string, unknown>>;
	readonly table: string;
}

/** Measures with the arguments that follow its name; throws when it cannot. */
export type Measure = (args: readonly string[]) => Promise<Measured>;
