import { fence } from "../../agents/prompt/untrusted.ts";
import type { NewFile } from "../phase.ts";

/** More than this makes an answer worse, not better. */
const MOST_CHARACTERS = 80_000;

/** New contents as material for a brief; what does not fit is said. */
export function showFiles(files: readonly NewFile[]): string {
	let room = MOST_CHARACTERS;
	const shown = files.map(({ path, content }) => {
		const part = content.slice(0, room);
		room -= part.length;
		const cut = part.length < content.length ? "\n(cut here)" : "";
		const name = path.replace(/[^\w./ -]/g, "_");
		return fence("file", `path="${name}"`, part + cut);
	});
	return shown.join("\n\n") || "(the change leaves every file as it was)";
}
