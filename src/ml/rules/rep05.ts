// A path that exists on one machine.
import { callsOf } from "../python/called.ts";
import { field, type PyNode, stringValue } from "../python/node.ts";
import { nodesOf } from "../python/nodes.ts";
import type { Place, Rule } from "./rule.ts";

const SOMEBODYS = /^(\/home\/[^/]|\/Users\/[^/]|[A-Za-z]:[\\/])/;
/** Everybody's who uses that service. */
const SERVICE = /^(\/content\/drive\/|\/kaggle\/input\/)/;
const READS_OR_WRITES =
	/^(open|Path|join|listdir|walk|glob|iglob|chdir|makedirs|mkdir|exists|isfile|append|insert|imread|imwrite|load\w*|read\w*|save\w*|dump|to_\w+|from_pretrained|savefig|ImageFolder|flow_from_directory|image_dataset_from_directory)$/;

export const REP05: Rule = {
	id: "REP05",
	title: "A path that exists on one machine only",
	severity: "low",
	confidence: 90,
	byConstruction: true,
	why: "Whoever else runs this gets an error, or worse: another file that happens to lie there. Measured on student-like notebooks: 3.7 % have such a path.",
	references: ["https://docs.python.org/3/library/pathlib.html"],
	bad: `import pandas as pd

df = pd.read_csv("/home/ana/thesis/data/train.csv")
`,
	good: `from pathlib import Path
import pandas as pd

DATA = Path(__file__).parent / "data"
df = pd.read_csv(DATA / "train.csv")
`,
	check: ({ modules }) =>
		[...modules].flatMap(([path, module]) => {
			// What may be given another way is no more than a convenience.
			const defaults = [
				...callsOf(module).flatMap(({ named }) => named.get("default") ?? []),
				...nodesOf(module, "assignment").filter((node) =>
					/default/i.test(field(node, "left")?.text ?? ""),
				),
			];
			const isDefault = ({ line, endLine }: PyNode) =>
				defaults.some((one) => one.line <= line && endLine <= one.endLine);
			const found = callsOf(module).flatMap(({ method, positional, named }) => {
				const asks = method === "add_argument";
				if (!READS_OR_WRITES.test(method) && !asks) return [];
				const given = asks
					? [named.get("default")]
					: [...positional, ...named.values()];
				return given.flatMap((node) => {
					const text = node && stringValue(node);
					if (!text || !(SOMEBODYS.test(text) || SERVICE.test(text))) return [];
					const unsure = asks || SERVICE.test(text) || isDefault(node);
					return [{ node, text, unsure }];
				});
			});
			// One a file: the second tells nothing new.
			const first = found.find(({ unsure }) => !unsure) ?? found[0];
			if (!first) return [];
			const more = found.length - 1;
			const place: Place = {
				...{ path, startLine: first.node.line, endLine: first.node.endLine },
				message: `"${first.text.slice(0, 80)}" is there on one machine${more ? `, and so are ${more} more paths of this file` : ""}.`,
				suggestion:
					"Take the folder from an argument or the environment, or begin at the file's own place: `Path(__file__).parent`.",
			};
			return [first.unsure ? { ...place, confidence: 70 } : place];
		}),
};
