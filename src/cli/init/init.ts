// `modelwright init`: the files of the set-up pull request, in a local checkout;
// with --actions the workflow, which a pull request of ours may not hold.
import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SETUP_FILES, WORKFLOW_FILES } from "../../views/onboarding.ts";

/** Says what it did; false when nothing was written because something is there already. */
export async function init(
	folder: string,
	{ actions }: { actions?: true },
	say: (line: string) => void,
): Promise<boolean> {
	const files = actions ? WORKFLOW_FILES : SETUP_FILES;
	const there: string[] = [];
	for (const { path } of files)
		if (await exists(join(folder, path))) there.push(path);
	if (there.length > 0) {
		say(
			`Nothing written: ${there.join(", ")} ${there.length === 1 ? "is" : "are"} there already. Move ${there.length === 1 ? "it" : "them"} away first; I overwrite nothing.`,
		);
		return false;
	}
	for (const { path, content } of files) {
		const file = join(folder, path);
		await mkdir(dirname(file), { recursive: true });
		// "wx": whoever was faster keeps what they wrote.
		await writeFile(file, content, { flag: "wx" });
		say(`wrote ${path}`);
	}
	say(
		actions
			? "Commit it to the default branch; runner: actions in .github/modelwright.yml sends every job there."
			: "Commit them to the default branch, make the label ml-task, and put it on an issue.",
	);
	return true;
}

const exists = (path: string) =>
	access(path).then(
		() => true,
		() => false,
	);
