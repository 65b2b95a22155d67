// A check run as data: what the publisher posts, whatever it is about.

export interface CheckView {
	readonly name: string;
	readonly conclusion: "success" | "failure" | "neutral";
	readonly title: string;
	/** Markdown. */
	readonly summary: string;
	readonly annotations: readonly CheckAnnotation[];
	/** Buttons, at most three. */
	readonly actions?: readonly CheckAction[];
}

export interface CheckAnnotation {
	readonly path: string;
	readonly startLine: number;
	readonly endLine: number;
	readonly level: "notice" | "warning" | "failure";
	/** Title and message are plain text: GitHub shows no Markdown there. */
	readonly title: string;
	readonly message: string;
	readonly details?: string;
}

/** GitHub's limits: label 20 characters, description 40, identifier 20. */
export interface CheckAction {
	readonly label: string;
	readonly description: string;
	readonly identifier: string;
}
