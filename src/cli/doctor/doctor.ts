// `modelwright doctor`: every part this machine has to have, tried for real.
import {
	type Examination,
	examinations,
	type Finding,
} from "./examinations.ts";

/** Prints one line per part; true when nothing that is needed is missing. */
export async function doctor({ json }: { json: boolean }): Promise<boolean> {
	const findings = await Promise.all(examinations.map(examine));
	if (json) process.stdout.write(`${JSON.stringify(findings)}\n`);
	else for (const finding of findings) process.stdout.write(line(finding));
	return findings.every(({ ok, needed }) => ok || !needed);
}

async function examine(examination: Examination): Promise<Finding> {
	const { part, needed } = examination;
	try {
		return { part, needed, ok: true, detail: await examination.look() };
	} catch (error) {
		const detail = error instanceof Error ? error.message : String(error);
		return { part, needed, ok: false, detail };
	}
}

const line = ({ part, ok, needed, detail }: Finding) =>
	`${ok ? "ok     " : needed ? "MISSING" : "without"}  ${part}: ${detail}\n`;
