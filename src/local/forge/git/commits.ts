import { readObject, writeObject } from "./objects.ts";

export interface Signer {
	name: string;
	email: string;
	/** ISO 8601. */
	date: string;
}

export interface Commit {
	sha: string;
	tree: string;
	parents: string[];
	author: Signer;
	committer: Signer;
	message: string;
}

/** Angle brackets and line ends would break the object's format. */
function clean(text: string): string {
	return text.replaceAll(/[<>\n\0]/g, "").trim() || "unknown";
}

function formatSigner({ name, email, date }: Signer): string {
	const seconds = Math.floor(Date.parse(date) / 1000);
	return `${clean(name)} <${clean(email)}> ${seconds} +0000`;
}

function parseSigner(line: string): Signer {
	const [, name = "", email = "", seconds = "0"] =
		/^(.*?) ?<(.*)> (\d+)/.exec(line) ?? [];
	const date = new Date(Number(seconds) * 1000).toISOString();
	return { name, email, date: date.replace(".000Z", "Z") };
}

export function writeCommit(
	directory: string,
	commit: Omit<Commit, "sha">,
): Promise<string> {
	const lines = [
		`tree ${commit.tree}`,
		...commit.parents.map((parent) => `parent ${parent}`),
		`author ${formatSigner(commit.author)}`,
		`committer ${formatSigner(commit.committer)}`,
		"",
		commit.message,
	];
	return writeObject(directory, "commit", Buffer.from(lines.join("\n")));
}

/** Null when the object is missing or is no commit. */
export async function readCommit(
	directory: string,
	sha: string,
): Promise<Commit | null> {
	const object = await readObject(directory, sha);
	if (object?.type !== "commit") return null;
	const text = object.content.toString();
	const end = text.indexOf("\n\n");
	const head = text.slice(0, end).split("\n");
	const values = (name: string): string[] =>
		head
			.filter((line) => line.startsWith(`${name} `))
			.map((line) => line.slice(name.length + 1));
	return {
		sha,
		tree: values("tree")[0] ?? "",
		parents: values("parent"),
		author: parseSigner(values("author")[0] ?? ""),
		committer: parseSigner(values("committer")[0] ?? ""),
		message: text.slice(end + 2).replace(/\n$/, ""),
	};
}
