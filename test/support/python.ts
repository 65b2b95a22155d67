import { spawnSync } from "node:child_process";

const tells = (python: string, question: string) =>
	spawnSync(python, [
		"-c",
		`import importlib.util, sys; sys.exit(0 if ${question} else 1)`,
	]).status === 0;

/** The first on the path, unless only Debian's own has the libraries its packages bring. */
export const PYTHON =
	["python3", "/usr/bin/python3"].find((python) =>
		tells(python, 'importlib.util.find_spec("sklearn")'),
	) ?? "python3";

export const hasPython = tells(PYTHON, "True");

export const hasLibrary = (name: string) =>
	tells(PYTHON, `importlib.util.find_spec(${JSON.stringify(name)})`);
