// What the check of the skills found, in words and as JSON.
import { FOLDERS } from "../../../skills/shelf.ts";
import { type Checked, checkSkills } from "./check.ts";

export interface CheckRequest {
	readonly json: boolean;
	/** Names of skills; all when it is empty. */
	readonly only: readonly string[];
}

type Say = (line: string) => void;

/** True when nothing is wrong; `complain` takes the words beside JSON. */
export async function tellCheck(
	{ json, only }: CheckRequest,
	say: Say,
	complain: Say,
): Promise<boolean> {
	const unknown = only.filter((name) => !FOLDERS.includes(name));
	if (unknown.length > 0) {
		complain(
			`There is no skill ${unknown.join(", ")}; there are ${FOLDERS.join(", ")}.`,
		);
		return false;
	}
	const checked = await checkSkills(only);
	const tell = json ? complain : say;
	for (const line of inWords(checked)) tell(line);
	if (json) say(JSON.stringify(checked.tally));
	return checked.faults.length + checked.shortcomings.length === 0;
}

function inWords({ tally, faults, shortcomings, ...rest }: Checked): string[] {
	const { bad, fragment } = rest.parsedOnly;
	const { valid, skills, parsed, fences, executable, ran, passed } = tally;
	return [
		...faults,
		...shortcomings,
		...[...rest.lacking].map(
			([library, count]) => `${count} programs not run: no ${library} here`,
		),
		`${valid} of ${skills} skills follow the format; ${shortcomings.length} shortcomings by our standard`,
		`${parsed} of ${fences} Python fences parse: ${executable} programs, ${bad} wrong examples, ${fragment} fragments`,
		`${passed} of ${ran} programs that ran passed, ${tally.skipped} were skipped`,
	];
}
