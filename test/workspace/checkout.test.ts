import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
	chmodSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { checkout } from "../../src/workspace/tree.ts";
import { type GitServer, serveGit } from "../support/git-server.ts";
import { makeRepository, type Repository } from "./repository.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "checkout-"));

const FILES = [
	{ path: "train.py", content: "print('training')\n" },
	{ path: "data/rows.csv", content: "id,x\r\n1,2\r\n" },
	{ path: "run.sh", content: "#!/bin/sh\n", mode: "100755" },
];

let repository: Repository;
let server: GitServer;
let sha: string;
let request: Parameters<typeof checkout>[0];

beforeAll(async () => {
	repository = makeRepository();
	sha = repository.commit(FILES);
	server = await serveGit(repository.root);
});
afterAll(() => server.close());

const ask = (more: Partial<typeof request> = {}) => {
	request = {
		dataDir: newFolder(),
		repositoryId: 7,
		installationId: 9,
		cloneUrl: `${server.origin}/churn.git`,
		sha,
		...more,
	};
	return request;
};

describe("a checkout", () => {
	it("gives the commit's files, byte for byte and without .git", async () => {
		const tree = await checkout(ask());
		expect(await tree.paths()).toEqual(["data/rows.csv", "run.sh", "train.py"]);
		expect(await tree.text("data/rows.csv")).toBe("id,x\r\n1,2\r\n");
		expect(readdirSync(tree.root).sort()).toEqual([
			"data",
			"run.sh",
			"train.py",
		]);
		expect(await tree.read("data")).toBeUndefined();
		expect(await tree.read("../7/train.py")).toBeUndefined();
		expect([...(await tree.files()).keys()]).toEqual(await tree.paths());
	});

	it("is reused: the second one asks the server nothing", async () => {
		const first = await checkout(ask());
		const before = server.authorizations.length;
		const second = await checkout(request);
		expect(second.root).toBe(first.root);
		expect(await second.paths()).toEqual(await first.paths());
		expect(server.authorizations.length).toBe(before);
	});

	it("may be asked for twice at the same moment", async () => {
		const wanted = ask();
		const trees = await Promise.all([checkout(wanted), checkout(wanted)]);
		expect(trees[0].root).toBe(trees[1].root);
		expect(readdirSync(join(trees[0].root, ".."))).toEqual([sha]);
	});

	it("is of one installation: another one has to fetch for itself", async () => {
		const guarded = await serveGit(repository.root, { token: "ghs_mine" });
		const cloneUrl = `${guarded.origin}/churn.git`;
		const first = await checkout(ask({ cloneUrl, token: "ghs_mine" }));
		const { token, ...without } = request;
		const other = { ...without, installationId: 10 };
		await expect(checkout(other)).rejects.toThrow("could not be read");
		const second = await checkout({ ...other, token: "ghs_mine" });
		expect(second.root).not.toBe(first.root);
		guarded.close();
	});

	it("refuses a runner more files than the limits allow", async () => {
		const tree = await checkout(ask());
		await expect(tree.files({ count: 2, bytes: 1_000 })).rejects.toThrow(
			"3 files; at most 2",
		);
		await expect(tree.files({ count: 9, bytes: 10 })).rejects.toThrow("larger");
	});

	it("finds a commit the server will not give by name, on its branch", async () => {
		const old = await serveGit(repository.root, { old: true });
		const next = repository.commit([...FILES, { path: "b.py" }]);
		const cloneUrl = `${old.origin}/churn.git`;
		const tree = await checkout(ask({ cloneUrl, branch: "main" }));
		expect(await tree.paths()).not.toContain("b.py");
		const unknown = "a".repeat(40);
		await expect(
			checkout(ask({ cloneUrl, branch: "main", sha: unknown })),
		).rejects.toThrow(/not among the last 50 commits of main/);
		expect(next).not.toBe(sha);
		old.close();
	});

	it("says so when the address, the commit or the server is wrong", async () => {
		await expect(checkout(ask({ sha: "main" }))).rejects.toThrow(
			"is not a commit",
		);
		for (const cloneUrl of ["file:///etc", "ssh://h/x", "/etc", "ext::sh"])
			await expect(checkout(ask({ cloneUrl }))).rejects.toThrow(
				"must begin with https://",
			);
		await expect(
			checkout(ask({ cloneUrl: "https://a:b@example.com/x.git" })),
		).rejects.toThrow("must not contain a user");
		await expect(
			checkout(ask({ cloneUrl: `${server.origin}/nothing.git` })),
		).rejects.toThrow(/could not be read: .*not found/is);
	});
});

describe("a killed checkout", () => {
	it("leaves nothing that the next one trips over", async () => {
		const wanted = ask();
		let arrived = () => {};
		const asked = new Promise<void>((resolve) => {
			arrived = resolve;
		});
		const slow = await serveGit(repository.root, {
			before: () => {
				arrived();
				return new Promise((resolve) => setTimeout(resolve, 100));
			},
		});
		const program = `
			const { checkout } = await import(${JSON.stringify(
				new URL("../../src/workspace/tree.ts", import.meta.url).href,
			)});
			await checkout(${JSON.stringify({ ...wanted, cloneUrl: `${slow.origin}/churn.git` })});`;
		const child = spawn(process.execPath, [
			"--input-type=module",
			"-e",
			program,
		]);
		await asked;
		child.kill("SIGKILL");
		await once(child, "exit");
		// What a git that died with it would have left behind.
		const cache = join(wanted.dataDir, "repositories", "9-7.git");
		writeFileSync(join(cache, "shallow.lock"), "");
		const tree = await checkout(wanted);
		expect(await tree.text("train.py")).toBe("print('training')\n");
		slow.close();
	});
});

describe("a git that outlives the process it worked for", () => {
	it("disturbs the next checkout twice, and not for good", async () => {
		const wanted = ask();
		const cache = join(wanted.dataDir, "repositories", "9-7.git");
		let left = 2;
		const disturbed = await serveGit(repository.root, {
			async before() {
				const lock = join(cache, "shallow.lock");
				if (left === 0 || existsSync(lock)) return;
				left -= 1;
				writeFileSync(lock, "");
			},
		});
		const cloneUrl = `${disturbed.origin}/churn.git`;
		const tree = await checkout({ ...wanted, cloneUrl });
		expect(left).toBe(0);
		expect(await tree.text("train.py")).toBe("print('training')\n");
		disturbed.close();
	});
});

describe("a token", () => {
	const path = process.env.PATH;
	afterEach(() => {
		process.env.PATH = path;
	});

	it("reaches the server, and no command line, configuration or tree", async () => {
		const token = "ghs_verysecrettoken";
		const guarded = await serveGit(repository.root, { token });
		const spy = newFolder();
		const real = execFileSync("which", ["git"]).toString().trim();
		const log = join(spy, "log");
		writeFileSync(
			join(spy, "git"),
			`#!/bin/sh\necho "$@" >> ${log}\nGIT_TRACE=${log} exec ${real} "$@"\n`,
		);
		chmodSync(join(spy, "git"), 0o755);
		process.env.PATH = `${spy}:${path}`;
		const cloneUrl = `${guarded.origin}/churn.git`;
		const tree = await checkout(ask({ cloneUrl, token }));
		expect(await tree.paths()).toContain("train.py");
		expect(guarded.authorizations.at(-1)).toContain("Basic ");

		const commands = readFileSync(log, "utf8");
		expect(commands).toContain("fetch");
		const stored = readdirSync(request.dataDir, {
			recursive: true,
			withFileTypes: true,
		})
			.filter((entry) => entry.isFile())
			.map((entry) =>
				readFileSync(join(entry.parentPath, entry.name), "latin1"),
			)
			.join("\n");
		for (const secret of [token, btoa(`x-access-token:${token}`)]) {
			expect(commands).not.toContain(secret);
			expect(stored).not.toContain(secret);
		}
		guarded.close();
	});

	it("that is wrong gives an error at once, not a prompt", async () => {
		const guarded = await serveGit(repository.root, { token: "right" });
		const cloneUrl = `${guarded.origin}/churn.git`;
		await expect(checkout(ask({ cloneUrl, token: "wrong" }))).rejects.toThrow(
			/could not be read/,
		);
		guarded.close();
	});

	it("is not needed to say that git is missing", async () => {
		process.env.PATH = newFolder();
		await expect(checkout(ask())).rejects.toThrow(
			"git was not found. Install git",
		);
	});
});

describe("git", () => {
	const before = { ...process.env };
	afterEach(() => {
		process.env = { ...before };
	});

	it("knows nothing of this process, and of the token while it fetches", async () => {
		const guarded = await serveGit(repository.root, { token: "ghs_secret" });
		const spy = newFolder();
		const real = execFileSync("which", ["git"]).toString().trim();
		writeFileSync(
			join(spy, "git"),
			`#!/bin/sh\n(echo "args=$*"; env) > ${spy}/call.$$\nexec ${real} "$@"\n`,
			{ mode: 0o755 },
		);
		const theirs = { ANTHROPIC_API_KEY: "sk-x", GIT_DIR: "/x", GIT_TRACE: "1" };
		Object.assign(process.env, theirs, { PATH: `${spy}:${process.env.PATH}` });
		const cloneUrl = `${guarded.origin}/churn.git`;
		await checkout(ask({ cloneUrl, token: "ghs_secret" }));
		guarded.close();

		const calls = readdirSync(spy)
			.filter((name) => name.startsWith("call."))
			.map((name) => readCall(join(spy, name)))
			.filter(({ env }) => !env.GIT_PROJECT_ROOT); // The server's own.
		expect(calls.length).toBeGreaterThan(4);
		for (const { args, env, config } of calls) {
			const isFetch = args.includes(" fetch ");
			expect(env).toEqual({
				HOME: "/nonexistent",
				LANG: "C",
				GIT_CONFIG_NOSYSTEM: "1",
				GIT_CONFIG_GLOBAL: "/dev/null",
				GIT_TERMINAL_PROMPT: "0",
				GIT_ASKPASS: "/bin/false",
				SSH_ASKPASS: "/bin/false",
				GIT_ALLOW_PROTOCOL: isFetch ? "http" : "none",
				GIT_LFS_SKIP_SMUDGE: "1",
				GIT_OPTIONAL_LOCKS: "0",
				GIT_ATTR_NOSYSTEM: "1",
			});
			expect(config).toMatchObject({
				"core.hooksPath": "/dev/null",
				"core.fsmonitor": "false",
				"core.symlinks": "false",
				"core.protectNTFS": "true",
				"core.protectHFS": "true",
				"credential.helper": "",
				"core.askPass": "",
				"protocol.allow": "never",
				"http.followRedirects": "false",
				"submodule.recurse": "false",
				"fetch.recurseSubmodules": "no",
				"transfer.fsckObjects": "true",
				"gc.auto": "0",
				"maintenance.auto": "false",
				"http.lowSpeedLimit": "1000",
				"http.lowSpeedTime": "30",
				"diff.ignoreSubmodules": "all",
			});
			const header = config[`http.${guarded.origin}/.extraHeader`];
			expect(header !== undefined).toBe(isFetch);
			expect(args).not.toContain(" -c ");
		}
	});

	it("runs nothing of a repository that was planted in a tree", async () => {
		const tree = await checkout(ask());
		const ran = join(newFolder(), "ran");
		for (const folder of [tree.root, join(tree.root, "data")]) {
			execFileSync("git", ["init", "-q", folder]);
			const program = join(folder, ".git", "program");
			writeFileSync(program, `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 });
			execFileSync("git", ["-C", folder, "config", "core.fsmonitor", program]);
		}
		const again = await checkout(request);
		expect(await again.paths()).toEqual(await tree.paths());
		const next = repository.commit([...FILES, { path: "next.py" }]);
		await checkout({ ...request, sha: next });
		expect(existsSync(ran)).toBe(false);
	});

	it("lets pass the oddities of old histories that are listed, and no others", async () => {
		const odd = makeRepository();
		const file = odd.git(["hash-object", "-w", "--stdin"], "x = 1\n");
		const treeOf = (...rows: [mode: string, name: string, sha: string][]) =>
			odd.git(
				["hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
				Buffer.concat(
					rows.flatMap(([mode, name, id]) => [
						Buffer.from(`${mode} ${name}\0`),
						Buffer.from(id, "hex"),
					]),
				),
			);
		const commitOf = (tree: string) => {
			const made = odd.git(["commit-tree", tree, "-m", "odd"]);
			odd.git(["update-ref", "refs/heads/main", made]);
			return made;
		};
		const inner = treeOf(["100644", "a.py", file]);
		const padded = commitOf(treeOf(["040000", "old", inner]));
		const twice = commitOf(
			treeOf(["100644", "a.py", file], ["100644", "a.py", file]),
		);
		const forge = await serveGit(odd.root);
		const cloneUrl = `${forge.origin}/churn.git`;
		const tree = await checkout(ask({ cloneUrl, sha: padded }));
		expect(await tree.paths()).toEqual(["old/a.py"]);
		await expect(checkout(ask({ cloneUrl, sha: twice }))).rejects.toThrow(
			/duplicateEntries/,
		);
		forge.close();
	});
});

/** What a git was called with: its words, its environment, its settings. */
function readCall(file: string) {
	const lines = readFileSync(file, "utf8").trimEnd().split("\n");
	const pairs = lines.map((line): [string, string] => {
		const at = line.indexOf("=");
		return [line.slice(0, at), line.slice(at + 1)];
	});
	const { args = "", ...all } = Object.fromEntries(pairs);
	const own =
		/^(GIT_CONFIG_(COUNT|KEY_\d+|VALUE_\d+)|GIT_INDEX_FILE|PATH|PWD|OLDPWD|SHLVL|_)$/;
	const env = Object.fromEntries(
		pairs.filter(([k]) => k !== "args" && !own.test(k)),
	);
	const config = Object.fromEntries(
		Array.from({ length: Number(all.GIT_CONFIG_COUNT) }, (_, i) => [
			all[`GIT_CONFIG_KEY_${i}`],
			all[`GIT_CONFIG_VALUE_${i}`] ?? "",
		]),
	);
	return { args: ` ${args} `, env, config };
}

describe("a hostile commit", () => {
	it("gives no symbolic links and no submodules, and says so", async () => {
		const hostile = makeRepository();
		const planted = hostile.commit([
			...FILES,
			{ path: "passwd", content: "/etc/passwd", mode: "120000" },
			{ path: "vendor", mode: "160000" },
			{ path: ".gitattributes", content: "*.py filter=evil ident eol=crlf\n" },
			{ path: "id.py", content: "# $Id$\n" },
		]);
		const forge = await serveGit(hostile.root);
		const cloneUrl = `${forge.origin}/churn.git`;
		const tree = await checkout(ask({ cloneUrl, sha: planted }));
		expect(await tree.paths()).not.toContain("passwd");
		expect(await tree.read("passwd")).toBeUndefined();
		expect(readdirSync(tree.root)).not.toContain("passwd");
		expect(await tree.absent?.()).toEqual([
			{ path: "passwd", why: "symbolic link" },
			{ path: "vendor", why: "submodule" },
		]);
		expect(await tree.text("id.py")).toBe("# $Id$\n");
		forge.close();
	});

	it.each([
		[".git/config", "[core]\n\tfsmonitor = touch /tmp/owned\n"],
		["deep/.GIT/hooks/post-checkout", "#!/bin/sh\n"],
		[".g\u200cit/config", "[core]\n"],
		["GIT~1/config", "[core]\n"],
		[".git. /config", "[core]\n"],
	])("that plants %s is refused whole", async (path, content) => {
		const hostile = makeRepository();
		const planted = hostile.commit([...FILES, { path, content }]);
		const forge = await serveGit(hostile.root);
		const cloneUrl = `${forge.origin}/churn.git`;
		const wanted = ask({ cloneUrl, sha: planted });
		await expect(checkout(wanted)).rejects.toThrow(/\.git/i);
		expect(readdirSync(wanted.dataDir)).toEqual(["repositories"]);
		forge.close();
	});
});
