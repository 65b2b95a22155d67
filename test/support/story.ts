// A whole run on a forge and a scripted model, with the app as its own process.
import {
	askedCommand,
	hasEnded,
	type Marked,
	markedComments,
	type Standing,
	standing,
} from "../../src/cli/demo/issue-page.ts";
import {
	type Project,
	type Stage,
	type StageOptions,
	setStage,
} from "../../src/cli/demo/stage.ts";
import { buildSample } from "../../src/local/sample/sample.ts";
import { freshDatabase } from "./databases.ts";

export interface Story {
	readonly stage: Stage;
	readonly issue: number;
	comments(): Marked[];
	standing(): Standing | undefined;
	/** The command the newest asking comment shows first. */
	asked(): string | undefined;
	say(login: string, body: string): Promise<{ id: number }>;
	/** Resolves when `holds` does; fails with the app's log when nothing moves for too long. */
	until(what: string, holds: () => boolean): Promise<void>;
	/** Waits for a gate, gives what it asks for as alice, and waits until it is taken. */
	answerGate(phase: number): Promise<void>;
	/** Answers every gate with the command it shows until the run has ended. */
	toTheEnd(): Promise<string>;
	close(): Promise<void>;
}

/** The sample, where what Python says of the code is not what a story is about. */
export function withoutTests(): Project {
	const { name, files } = buildSample(42);
	const kept = Object.entries(files).filter(
		([path]) => !path.startsWith("tests/"),
	);
	return { name, files: Object.fromEntries(kept) };
}

/** For what hangs: the evaluation alone may take minutes on a slow machine. */
const PATIENCE_MS = 300_000;

/** On the Postgres of all tests, which has its tables already, or on one of its own. */
export async function tellStory({
	ownPostgres = false,
	...options
}: Partial<StageOptions> & { ownPostgres?: boolean } = {}): Promise<Story> {
	const shared = ownPostgres ? {} : { databaseUrl: await freshDatabase() };
	return tellOn(await setStage({ seed: 42, ...shared, ...options }));
}

/** One more labelled issue on a stage that is set; `close` closes the whole stage. */
export async function tellOn(
	stage: Stage,
	text: { title?: string; body?: string } = {},
): Promise<Story> {
	const { forge, repository } = stage;
	const { number: issue } = await forge.acts.openIssue(repository, "alice", {
		...stage.sample.issue,
		...text,
	});
	await forge.acts.label(repository, issue, "alice", "ml-task");

	const story: Story = {
		stage,
		issue,
		comments: () => markedComments(forge, repository, issue),
		standing: () => standing(story.comments()),
		asked: () => askedCommand(story.comments()),
		say: (login, body) => forge.acts.comment(repository, issue, login, body),

		async until(what, holds) {
			const place = () => {
				const now = story.standing();
				return `${now?.phase}/${now?.attempt}/${now?.state}`;
			};
			let [at, since] = [place(), Date.now()];
			while (!holds()) {
				if (place() !== at) [at, since] = [place(), Date.now()];
				if (Date.now() - since > PATIENCE_MS)
					throw new Error(
						`waited in vain until ${what}; the run: ${JSON.stringify(story.standing())}; the app's log:\n${stage.app.log()}`,
					);
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		},

		async answerGate(phase) {
			const waits = () => {
				const now = story.standing();
				return now?.state === "waiting" && now.phase === phase;
			};
			await story.until(`phase ${phase} waits`, waits);
			await story.say("alice", story.asked() ?? "");
			await story.until(
				`the answer to phase ${phase} is taken`,
				() => !waits(),
			);
		},

		async toTheEnd() {
			const answered = new Set<string>();
			let state = "";
			await story.until("the run has ended", () => {
				const now = story.standing();
				state = now?.state ?? "";
				const asked = story.asked();
				const gate = `${now?.phase}/${now?.attempt}/${asked}`;
				// The status may lag behind the comments.
				if (state === "waiting" && asked && !answered.has(gate)) {
					answered.add(gate);
					void story.say("alice", asked);
				}
				return now !== undefined && hasEnded(now);
			});
			return state;
		},

		close: () => stage.close(),
	};
	return story;
}
