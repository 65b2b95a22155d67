// What `advance` wants done. The engine carries orders out, at least once each.
import type { Decision } from "./gate.ts";
import type { Changed, Failure, Run } from "./run.ts";

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
	/** The comment on the result of a phase that asks nothing. */
	| {
			readonly do: "tell-phase";
			readonly phase: number;
			readonly attempt: number;
			readonly seconds: number;
			readonly usd: number;
	  }
	| {
			readonly do: "answer";
			readonly commentId: number;
			readonly reaction: "rocket" | "confused";
			/** One line of Markdown, for a refusal or a question. */
			readonly reply?: string;
	  }
	/** The answer to somebody who pressed a button. */
	| {
			readonly do: "answer-press";
			readonly key: string;
			readonly by: string;
			readonly reply: string;
	  }
	/** What is shown of phase 10's findings, as they stand at these pull requests' heads. */
	| { readonly do: "show-findings"; readonly pulls: readonly number[] }
	/** What people asked for on a pull request is done and answered; nothing else works meanwhile. */
	| {
			readonly do: "answer-review";
			readonly review: string;
			readonly phase: number;
			readonly attempt: number;
	  }
	/** Words on a pull request, in answer to all that one review asks. */
	| {
			readonly do: "reply-on-pull";
			readonly review: string;
			readonly pull: number;
			readonly by: string;
			/** Markdown of ours. */
			readonly reply: string;
	  }
	/** The answer to /status. */
	| { readonly do: "tell-standing"; readonly commentId: number }
	| { readonly do: "tell-change"; readonly change: Changed }
	/** Asks for the merge that the run waits for, at gate `stack`. */
	| {
			readonly do: "ask-merge";
			readonly phase: number;
			readonly attempt: number;
	  }
	/** What was not merged yet is brought onto what was. */
	| { readonly do: "follow-stack" }
	/** The verdict on the head that the top pull request has now. */
	| { readonly do: "show-evaluation" }
	/** All is merged: the summary says where. */
	| { readonly do: "tell-merges" }
	| { readonly do: "close-issue" }
	/** The label came again while a run lives. */
	| { readonly do: "tell-live"; readonly at: string }
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
