// What `advance` wants done. The engine carries orders out, at least once each.
import type { Decision, Failure, Run } from "./run.ts";

export type Order =
	| {
			readonly do: "start-phase";
			readonly phase: number;
			readonly attempt: number;
			/** The gate's answer, when the phase has to act on it instead of starting over. */
			readonly resolving?: Decision;
	  }
	| {
			readonly do: "stop-phase";
			readonly phase: number;
			readonly attempt: number;
	  }
	| { readonly do: "show-status" }
	| {
			readonly do: "answer";
			readonly commentId: number;
			readonly reaction: "rocket" | "confused";
			/** One line of Markdown, for a refusal or a question. */
			readonly reply?: string;
	  }
	| {
			readonly do: "tell-trouble";
			readonly phase: number;
			readonly attempt: number;
			readonly failure: Failure;
	  };

export interface Step {
	readonly run: Run;
	readonly orders: readonly Order[];
}
