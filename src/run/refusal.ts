/** Thrown by an answer to refuse; its message is the one line people get. */
export class Refusal extends Error {}

export function refuse(why: string): never {
	throw new Refusal(why);
}
