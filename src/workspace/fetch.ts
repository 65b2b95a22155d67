// Brings one commit into the bare cache of its repository.
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type GitResult, git } from "./git.ts";
import type { CheckoutRequest } from "./tree.ts";

const FETCH_SECONDS = 300;
/** How far back on the branch the commit is looked for. */
const BRANCH_DEPTH = 50;

/** Files are the commit's own bytes, whatever its .gitattributes ask for. */
const ATTRIBUTES =
	"* -text -ident -filter !eol !working-tree-encoding -export-subst\n";

const NOT_SERVED =
	/unadvertised object|not our ref|couldn't find remote ref|no such remote ref/i;
/** Left behind by a git that was killed, or a disk that lost something. */
const BROKEN_CACHE =
	/\.lock'?: File exists|unable to create '.*\.lock'|not a git repository|corrupt|bad object|loose object|unable to read|shallow file has changed/i;

/** The second may be disturbed as well, by a git that outlived its process. */
const MOST_CACHES = 3;

/** Must not throw: a failure is a result in words. */
export async function fetchCommit(
	cache: string,
	request: CheckoutRequest,
): Promise<GitResult> {
	const url = readUrl(request.cloneUrl);
	if (typeof url === "string") return { ok: false, message: url };
	try {
		for (let left = MOST_CACHES - 1; ; left -= 1) {
			const result = await fetchInto(cache, url, request);
			if (result.ok || left === 0 || !BROKEN_CACHE.test(result.message))
				return result;
			await discard(cache);
		}
	} catch (fault) {
		return { ok: false, message: String(fault) };
	}
}

function readUrl(text: string): URL | string {
	const url = URL.parse(text);
	if (!url || !/^https?:$/.test(url.protocol))
		return "the clone address must begin with https:// (or http:// on a private host)";
	if (url.username || url.password)
		return "the clone address must not contain a user or a password";
	return url;
}

async function fetchInto(
	cache: string,
	url: URL,
	request: CheckoutRequest,
): Promise<GitResult> {
	const { sha, branch, token } = request;
	const made = await ensureCache(cache);
	if (!made.ok) return made;
	const kept = `refs/modelwright/${sha}`;
	const here = [`--git-dir=${cache}`];
	const known = await git([...here, "rev-parse", "--verify", "-q", kept]);
	if (known.ok) return known;
	const remote = { origin: url.origin, ...(token ? { token } : {}) };
	const fetch = (depth: number, refspec: string) =>
		git(
			[
				...here,
				...`fetch -q --depth=${depth} --no-tags --no-write-fetch-head`.split(
					" ",
				),
				"--end-of-options",
				url.href,
				refspec,
			],
			{ remote, seconds: FETCH_SECONDS },
		);
	const direct = await fetch(1, `+${sha}:${kept}`);
	if (direct.ok || !NOT_SERVED.test(direct.message)) return direct;
	const source = branch ? `refs/heads/${branch}` : "HEAD";
	const around = await fetch(BRANCH_DEPTH, `+${source}:refs/modelwright/tip`);
	if (!around.ok) return around;
	const found = await git([...here, "cat-file", "-e", `${sha}^{commit}`]);
	if (!found.ok)
		return {
			ok: false,
			message: `the server does not give it, and it is not among the last ${BRANCH_DEPTH} commits of ${branch ?? "the default branch"}`,
		};
	return git([...here, "update-ref", kept, sha]);
}

async function ensureCache(cache: string): Promise<GitResult> {
	const present = await stat(join(cache, "HEAD")).catch(() => undefined);
	if (present) return { ok: true, stdout: "" };
	const draft = `${cache}.draft-${process.pid}-${crypto.randomUUID()}`;
	await mkdir(dirname(cache), { recursive: true });
	const made = await git(["init", "-q", "--bare", "--template=", draft]);
	if (!made.ok) return made;
	await mkdir(join(draft, "info"), { recursive: true });
	await writeFile(join(draft, "info", "attributes"), ATTRIBUTES);
	await rm(cache, { recursive: true, force: true });
	await rename(draft, cache);
	return made;
}

/** Moved first, so that nobody works in a half-deleted cache. */
async function discard(cache: string): Promise<void> {
	const away = `${cache}.broken-${crypto.randomUUID()}`;
	await rename(cache, away).catch(() => {});
	await rm(away, { recursive: true, force: true });
}
