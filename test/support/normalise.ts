// What a forge shows, as text in which two runs of the same story are equal:
// without times, durations, costs, ids of commits and of comments (each edit takes
// an id of the webhook that tells of it, and the status comment is edited as often
// as there is time); with bodies, trees, parents, markers, annotations and order.
import { execFileSync } from "node:child_process";
import type { Forge } from "../../src/local/forge/forge.ts";

export async function normalised(
	forge: Forge,
	repository: string,
): Promise<string> {
	const state = forge.repository(repository);
	const git = (...args: string[]) =>
		execFileSync("git", ["--git-dir", state.directory, ...args], {
			encoding: "utf8",
		});
	const names = new Map<string, string>();
	const branches = git(
		"for-each-ref",
		"--format=%(refname:short)",
		"refs/heads",
	)
		.split("\n")
		.filter(Boolean);
	const commits = branches.flatMap((branch) =>
		git("log", "--reverse", "--format=%H", branch).split("\n").filter(Boolean),
	);
	for (const sha of commits)
		if (!names.has(sha)) names.set(sha, `commit-${names.size + 1}`);

	const history = [...names].map(([sha, name]) => {
		const [tree = "", parents = "", subject = ""] = git(
			"show",
			"-s",
			"--format=%T%n%P%n%B",
			sha,
		).split(/\n/);
		const named = parents.split(" ").map((parent) => names.get(parent) ?? "");
		return `${name} tree ${tree} parents ${named} ${subject}`;
	});
	const anchors = new Map<string, string>();
	const inOrder = [...state.comments.values()].sort(
		(a, b) => a.number - b.number || a.id - b.id,
	);
	const comments = inOrder.map(({ id, number, user, reactions, body }) => {
		anchors.set(`issuecomment-${id}`, `comment-${anchors.size + 1}`);
		const given = reactions.map(({ content }) => content).sort();
		return `#${number} ${user.login} [${given}]\n${body}`;
	});
	const pulls = (await forge.pulls(repository)).map((pull) => {
		const body = state.issues.get(pull.number)?.body ?? "";
		return `pull ${pull.number} ${pull.head} -> ${pull.base} draft ${pull.draft} ${pull.headSha} ${pull.title}\n${body}`;
	});
	const checks = [...state.checkRuns.values()].map((run) => {
		const { id: _, startedAt: __, completedAt: ___, ...shown } = run;
		return replaceNames(JSON.stringify(shown), names);
	});
	const reviews = [...state.reviews.values()].map(({ id, number, body }) => {
		const lines = [...state.reviewComments.values()]
			.filter(({ reviewId }) => reviewId === id)
			.map(({ path, line, body }) => `${path}:${line} ${body}`);
		return `review of #${number} ${body}\n${lines.join("\n")}`;
	});
	const issues = [...state.issues.values()].map(
		({ number, state: open, labels, reactions }) =>
			`issue ${number} ${open} ${labels.map(({ name }) => name)} ${reactions.map(({ content }) => content)}`,
	);
	const heads = branches.map(
		(branch) => `${branch} ${git("rev-parse", branch).trim()}`,
	);

	const text = [
		...history,
		...heads,
		...issues,
		...comments,
		...pulls,
		...checks.sort(),
		...reviews.sort(),
	].join("\n---\n");
	return withoutTimes(replaceNames(text, names))
		.replace(/issuecomment-\d+/g, (anchor) => anchors.get(anchor) ?? anchor)
		.replaceAll(forge.base, "FORGE");
}

/** Commit ids, whole or shortened to seven digits or more, become names. */
const replaceNames = (text: string, names: Map<string, string>) =>
	text.replace(/\b[0-9a-f]{7,40}\b/g, (id) => {
		const sha = names.keys().find((known) => known.startsWith(id));
		return (sha && names.get(sha)) ?? id;
	});

const withoutTimes = (text: string) =>
	text
		.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?/g, "TIME")
		.replace(/"(seconds|usd)":[\d.e-]+/g, '"$1":0')
		.replace(/\$\d+(\.\d+)?(-\d+(\.\d+)?)?/g, "$0")
		.replace(
			/[\d.]+ % of the prompt from cache/g,
			"0 % of the prompt from cache",
		)
		.replace(/(under )?(\d+(\.\d+)?) ?(min|minutes?|h|s|seconds?)\b/g, "0 s")
		.replace(/Ran (\d+) tests in [\d.]+s/g, "Ran $1 tests");
