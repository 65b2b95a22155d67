// `modelwright map`: what the agents are told of a repository, for any folder.
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { messageOf } from "../../errors.ts";
import { mapOf } from "../../ml/map/map.ts";
import { mapAsJson } from "../../ml/map/map-json.ts";
import { renderMap } from "../../ml/map/render.ts";
import { folderTree } from "../../workspace/tree.ts";

export interface MapRequest {
	readonly task: string;
	readonly json: boolean;
	readonly tokens: string;
}

const FEWEST_TOKENS = 100;

/** The exit code: 1 when the folder cannot be read, 2 when an option is wrong. */
export async function map(
	folder: string,
	{ task, json, tokens }: MapRequest,
	say: (text: string) => void,
	complain: (line: string) => void,
): Promise<0 | 1 | 2> {
	const budget = Number(tokens);
	if (!Number.isInteger(budget) || budget < FEWEST_TOKENS) {
		complain(
			`--tokens ${tokens} is not a budget; give a whole number of ${FEWEST_TOKENS} or more.`,
		);
		return 2;
	}
	const found = await stat(folder).catch(() => undefined);
	if (!found?.isDirectory()) {
		const what = found ? "is not a folder" : "does not exist";
		complain(`${folder} ${what}; name a checkout of the repository.`);
		return 1;
	}
	try {
		const made = await mapOf(await folderTree(folder));
		const name = basename(resolve(folder));
		say(
			json
				? JSON.stringify(mapAsJson(made, name, task))
				: renderMap(made, { tokens: budget, task, name }),
		);
		return 0;
	} catch (error) {
		complain(`${folder} could not be read: ${messageOf(error)}`);
		return 1;
	}
}
