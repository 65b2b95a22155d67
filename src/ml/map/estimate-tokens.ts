// Tokens without a tokenizer: paths, names and line numbers make about 3.2
// characters a token, other scripts about one.
const CHARACTERS = 3.2;

export function estimateTokens(text: string): number {
	let others = 0;
	for (let at = 0; at < text.length; at++)
		if (text.charCodeAt(at) > 127) others++;
	return Math.ceil((text.length - others) / CHARACTERS + others);
}
