// What of a notebook's cell is Python.

const NOT_PYTHON =
	/^\s*%%(bash|sh|script|html|javascript|js|svg|latex|markdown|writefile|sql|perl|ruby|R)\b/;

export const isPythonCell = (source: string): boolean =>
	!NOT_PYTHON.test(source);

/** Lines for the notebook or the shell, with what continues them, become `pass`. */
export function withoutMagic(source: string): string {
	return source.replace(
		/^([ \t]*)[%!](?:[^\n]*\\\n)*[^\n]*/gm,
		(lines, indent: string) =>
			`${indent}pass${"\n".repeat(lines.split("\n").length - 1)}`,
	);
}
