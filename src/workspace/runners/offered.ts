// The runners that this server offers, the safest first: WebAssembly does not
// need a kernel without flaws.
import { autoRunner, type RunnerName, unavailable } from "./auto.ts";
import { bubblewrapRunner } from "./bubblewrap.ts";
import type { Runner } from "./runner.ts";
import { wasmRunner } from "./wasm.ts";

export interface Offer {
	/** The operator's choice. */
	readonly runner: RunnerName;
	/** The interpreter for boxes. */
	readonly python?: string;
}

export function offeredRunner({ runner, python }: Offer): Runner {
	const wasm = wasmRunner();
	const bubblewrap = bubblewrapRunner({ python });
	const all = {
		...{ wasm, bubblewrap, auto: autoRunner([wasm, bubblewrap]) },
		// Each run has its own, for it speaks with the run's repository.
		actions: unavailable("actions", "No repository is named."),
	};
	return all[runner];
}
