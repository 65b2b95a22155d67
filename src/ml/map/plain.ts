/** One line, whatever a file is called or says of itself. */
export function plain(text: string, most = 200): string {
	const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, "�");
	return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
