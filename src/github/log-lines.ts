// Of all that a job of GitHub Actions printed, the lines that tell why it failed:
// of its failed steps, what stands around errors, tracebacks and failed tests.
import { stripVTControlCharacters } from "node:util";

/** At most this many characters; where there is more, the end is kept. */
export function relevantLines(log: string, most: number): string {
	const steps = stepsOf(log.split("\n").map(plain));
	const failed = steps.filter(({ lines }) =>
		lines.some((line) => line.startsWith(ERROR)),
	);
	const shown = failed.length > 0 ? failed : steps.slice(-1);
	return lastOf(shown.flatMap(tell), most);
}

const ERROR = "##[error]";
const LONGEST_LINE = 300;

/** As it looked on a terminal, without the moment it was printed. */
function plain(line: string): string {
	const text = line.replace(
		/^\uFEFF?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z ?/,
		"",
	);
	// Bars of progress are printed over themselves.
	const last = text.trimEnd().split("\r").at(-1) ?? "";
	// Colours take room, too; looking for them in megabytes would take long.
	const inked = stripVTControlCharacters(last.slice(0, 5 * LONGEST_LINE));
	return inked.length > LONGEST_LINE
		? `${inked.slice(0, LONGEST_LINE)}…`
		: inked;
}

interface LoggedStep {
	/** "Run pytest"; none before the first. */
	readonly title?: string;
	readonly lines: string[];
}

/** Each begins with a group that shows its script and environment, which are left out. */
function stepsOf(lines: readonly string[]): LoggedStep[] {
	let step: LoggedStep = { lines: [] };
	const steps = [step];
	let heading = false;
	for (const line of lines) {
		const title = /^##\[group\](Run .*)$/.exec(line)?.[1];
		if (title || line === "Post job cleanup.") {
			step = { ...(title ? { title } : {}), lines: [] };
			steps.push(step);
		}
		heading = title !== undefined || (heading && line !== "##[endgroup]");
		if (!heading && line && !/^##\[(?:end)?group\]/.test(line))
			step.lines.push(line);
	}
	return steps.filter(({ lines }) => lines.length > 0);
}

/** What is told of a line's surroundings: so many lines before it, and after. */
const MARKS: readonly (readonly [RegExp, number, number])[] = [
	[/^##\[error\]Process completed with exit code/, 15, 0],
	[/^##\[error\]/, 3, 2],
	// pytest: the code that an assertion is about stands above it, its place below.
	[/^E {2,}\S/, 5, 3],
	[/^(?:FAILED|ERROR) \S/, 0, 0],
];

const TRACEBACK = /^(.*?)Traceback \(most recent call last\):$/;

function tell({ title, lines }: LoggedStep): string[] {
	const shown = new Set<number>();
	const show = (from: number, to: number) => {
		for (let i = Math.max(0, from); i <= to && i < lines.length; i++)
			shown.add(i);
	};
	for (const [i, line] of lines.entries()) {
		const mark = MARKS.find(([pattern]) => pattern.test(line));
		if (mark) show(i - mark[1], i + mark[2]);
		const margin = TRACEBACK.exec(line)?.[1];
		if (margin !== undefined) show(i, endOfTraceback(lines, i, margin));
	}
	if (shown.size === 0) show(lines.length - 15, lines.length - 1);
	const told = [...shown]
		.sort((a, b) => a - b)
		.flatMap((i) => [
			...(i > 0 && !shown.has(i - 1) ? ["…"] : []),
			lines[i] ?? "",
		]);
	return [...(title ? [title] : []), ...told];
}

/** The first line that is not further in than its head: the error itself. */
function endOfTraceback(
	lines: readonly string[],
	head: number,
	margin: string,
): number {
	const deeper = `${margin}  `;
	let end = head + 1;
	while (lines[end]?.startsWith(deeper)) end++;
	return end;
}

function lastOf(lines: readonly string[], most: number): string {
	const kept: string[] = [];
	let room = most;
	for (const line of lines.toReversed()) {
		room -= line.length + 1;
		if (room < 1) return ["…", ...kept].join("\n");
		kept.unshift(line);
	}
	return kept.join("\n");
}
