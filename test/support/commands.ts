// Giving a command and waiting for what is said to it.
import type { Story } from "./story.ts";

export interface Told {
	readonly taken: boolean;
	/** The words that came with it; empty when none did. */
	readonly reply: string;
}

/** These are answered with words also when they are taken. */
const WORDY = /^\/(status|help|revise)\b/;

export async function command(
	story: Story,
	body: string,
	login = "alice",
): Promise<Told> {
	const { id } = await story.say(login, body);
	const reactions = () => reactionsTo(story, id);
	await story.until(`${body} is acknowledged`, () =>
		reactions().some((content) => content !== "eyes"),
	);
	const taken = reactions().includes("rocket");
	const reply = () =>
		story.comments().find(({ data }) => data.key === `comment-${id}`)?.body;
	if (!taken || WORDY.test(body))
		await story.until(`${body} is answered`, () => !!reply());
	return { taken, reply: reply() ?? "" };
}

export const reactionsTo = ({ stage }: Story, comment: number): string[] =>
	stage.forge
		.repository(stage.repository)
		.comments.get(comment)
		?.reactions.map(({ content }) => content) ?? [];

/** Waits until the design asks for its approval, with another command than before. */
export async function untilAsked(story: Story, before = ""): Promise<string> {
	await story.until("the design waits for its approval", () => {
		const now = story.standing();
		return (
			now?.state === "waiting" && now.phase === 6 && story.asked() !== before
		);
	});
	return story.asked() ?? "";
}

/** Approves the design and waits until phase 10 asks what is to be fixed. */
export async function untilFindingsWait(story: Story): Promise<void> {
	await story.answerGate(6);
	await story.until("findings wait", () => {
		const now = story.standing();
		return now?.state === "waiting" && now.phase === 10;
	});
}

/** The newest comment of a phase's result. */
export const resultOf = (story: Story, phase: number): string =>
	story
		.comments()
		.findLast(({ kind, data }) => kind === "phase" && data.phase === phase)
		?.body ?? "";
