// `modelwright init`: the files of the set-up pull request, in a local checkout.
import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SETUP_FILES } from "../../views/onboarding.ts";

/** Says what it did; false when nothing was written because something is there already. */
export async function init(
	folder: string,
	say: (line: string) => void,
): Promise<boolean> {
	const there: string[] = [];
	for (const { path } of SETUP_FILES)
		if (await exists(join(folder, path))) there.push(path);
	if (there.length > 0) {
		say(
			`Nothing written: ${there.join(", ")} ${there.length === 1 ? "is" : "are"} there already. Move ${there.length === 1 ? "it" : "them"} away first; I overwrite nothing.`,
		);
		return false;
	}
	for (const { path, content } of SETUP_FILES) {
		const file = join(folder, path);
		await mkdir(dirname(file), { recursive: true });
		// "wx": whoever was faster keeps what they wrote.
		await writeFile(file, content, { flag: "wx" });
		say(`wrote ${path}`);
	}
	say(
		"Commit them to the default branch, make the label ml-task, and put it on an issue.",
	);
	return true;
}

const exists = (path: string) =>
	access(path).then(
		() => true,
		() => false,
	);
