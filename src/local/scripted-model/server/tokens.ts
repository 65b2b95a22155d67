/** The server's tokenizer: four characters are a token, everywhere. */
export const CHARACTERS_PER_TOKEN = 4;

export function countTokens(text: string): number {
	return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}
