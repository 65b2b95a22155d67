import { request } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markdown } from "../../../src/local/forge/pages/markdown.ts";
import { type PagesStage, setPagesStage } from "./pages-stage.ts";
import { FULL_NAME, listen } from "./support.ts";

let stage: PagesStage;
let ear: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
	ear = await listen();
	stage = await setPagesStage(ear.url);
});

afterAll(async () => {
	await stage?.forge.close();
	await ear?.close();
});

interface Answer {
	status: number;
	text: string;
	headers: Record<string, string | string[] | undefined>;
}

/** A request with any header: fetch would not let a test choose Host or Origin. */
function ask(
	path: string,
	headers: Record<string, string> = {},
	form?: Record<string, string>,
): Promise<Answer> {
	const { hostname, port } = new URL(stage.forge.base);
	const method = form ? "POST" : "GET";
	return new Promise((resolve, reject) => {
		const call = request(
			{ hostname, port, path, method, headers },
			async (answer) => {
				const chunks: Buffer[] = [];
				for await (const chunk of answer) chunks.push(chunk);
				const text = Buffer.concat(chunks).toString();
				const status = answer.statusCode ?? 0;
				resolve({ status, text, headers: answer.headers });
			},
		);
		call.on("error", reject);
		call.end(form && new URLSearchParams(form).toString());
	});
}

const home = `/${FULL_NAME}`;
const page = async (path: string): Promise<string> => {
	const answer = await ask(`${home}${path}`);
	expect(answer.status).toBe(200);
	return answer.text;
};
const issuePage = () => page(`/issues/${stage.issue}`);
const pullPage = () => page(`/pull/${stage.pull}`);
const send = (path: string, form: Record<string, string>) =>
	ask(`${home}${path}`, {}, form);

/** What a reader reads: no tags, entities as characters. */
const textOf = (markup: string): string =>
	markup
		.replace(/<[^>]*>/g, " ")
		.replaceAll("&#39;", "'")
		.replaceAll("&quot;", '"')
		.replace(/\s+/g, " ");

describe("a person finds", () => {
	test("the repository, its issues, its pull requests and its branches", async () => {
		expect((await ask("/")).text).toContain(`href="${home}"`);
		const front = await page("");
		expect(front).toContain(`href="${home}/issues/${stage.issue}"`);
		expect(front).toContain(`href="${home}/pull/${stage.pull}"`);
		expect(front).toContain(`href="${home}/tree/modelwright/1/7-model"`);
	});

	test("the issue with its labels, its history and who said what", async () => {
		const text = textOf(await issuePage());
		expect(text).toContain("Predict which customers will churn #1");
		expect(text).toMatch(/alice added ml-task/);
		expect(text).toMatch(/modelwright bot \d+ \w+, \d\d:\d\d/);
		expect(text).toContain("rocket by bob");
	});

	test("a checklist with boxes, links to what it names, and no hidden comment", async () => {
		const markup = await issuePage();
		expect(markup).toContain(
			`<li class="task done"><input type="checkbox" disabled checked><div>1 Problem Analysis · <a href="${home}/pull/2">#2</a></div></li>`,
		);
		expect(markup).toContain(
			'<li class="task"><input type="checkbox" disabled><div>▶ 2 Data Architecture</div></li>',
		);
		expect(markup).not.toContain("hidden-word");
	});

	test("tables, folded parts and a chart of the verdict", async () => {
		const markup = await issuePage();
		expect(markup).toContain("<th>risk</th>");
		expect(markup).toContain("<details><summary>All numbers</summary>");
		expect(markup).toContain("<sub>7, 8, 9</sub>");
		expect(markup).toMatch(
			/<svg class="chart".*existing, naive baseline.*0\.412/s,
		);
	});

	test("whether a comment was edited", async () => {
		const { forge, issue } = stage;
		const { id } = await forge.acts.comment(FULL_NAME, issue, "wendy", "one");
		const cardOf = async () =>
			(await issuePage())
				.split(`id="issuecomment-${id}"`)[1]
				?.split("</article>")[0];
		expect(await cardOf()).not.toContain("edited");
		await new Promise((resolve) => setTimeout(resolve, 1001));
		await forge.acts.editComment(FULL_NAME, id, "wendy", "two");
		expect(await cardOf()).toContain("· edited");
	});
});

describe("a pull request shows", () => {
	test("where it goes, that it is a draft, and its checks", async () => {
		const text = textOf(await pullPage());
		expect(text).toMatch(/Draft main ← modelwright\/1\/7-model/);
		expect(text).toMatch(
			/modelwright \/ ml practices 2 findings 2 annotations/,
		);
		expect(text).not.toContain("Squash");
	});

	test("what CI elsewhere says of it, by the newest status", async () => {
		const { forge, headSha } = stage;
		for (const state of ["pending", "failure"] as const)
			await forge.acts.setStatus(FULL_NAME, "wendy", headSha, {
				...{ context: "ci/build", state },
				description: "Broke <b>all</b>",
			});
		const markup = await pullPage();
		expect(markup.split("ci/build")).toHaveLength(2);
		expect(markup).toContain("Broke &lt;b&gt;all&lt;/b&gt;");
		expect(await page(`/commit/${headSha}`)).toContain("ci/build");
	});

	test("each line with its numbers before and after", async () => {
		const rows = [
			...(await pullPage()).matchAll(
				/<tr class="(\w+)" id="diff-[^"]*"><td class="no">(?:<a[^>]*>(\d+)<\/a>)?<\/td><td class="no">(?:<a[^>]*>(\d+)<\/a>)?<\/td><td class="code"[^>]*>(.*?)<\/td>/gs,
			),
		].map(([, kind, left, right, code]) =>
			[kind, left, right, code?.replace(/<[^>]*>/g, "").trim()].join("|"),
		);
		expect(rows).toContain("context|4|4|def fit(rows):");
		expect(rows).toContain("removed|5||return len(rows)");
		expect(rows).toContain("added||6|rate = mean(rows)");
	});

	test("an annotation and a conversation right below their lines", async () => {
		const text = textOf(await pullPage());
		expect(text).toMatch(
			/6 rate = mean\(rows\) warning F1 in the diff The mean sees every row\. Raw details rate = mean\(training\) modelwright \/ ml practices · line 6 7 return rate W wendy .*? use a Pipeline here A alice .*? I agree Reply/,
		);
	});

	test("annotations elsewhere below the lines they mean", async () => {
		expect(textOf(await pullPage())).toMatch(
			/src\/data\/load\.py not changed here .* 2 return open\(path\)\.read\(\) 3 warning F2 in a file not changed/,
		);
	});

	test("a form below the line somebody wants to speak of", async () => {
		const markup = await pullPage();
		const link = /href="([^"]*comment=[^"#]*R6)#/.exec(markup)?.[1] ?? "";
		const asked = (await ask(link.replaceAll("&amp;", "&"))).text;
		expect(asked).toContain('name="path" value="src/model.py"');
		expect(asked).toContain('name="line" value="6"');
	});

	test("a conversation whose line is gone as outdated, with the code it was about", async () => {
		const other = await setPagesStage();
		try {
			const { forge, pull, thread } = other;
			const comment = forge.repository(FULL_NAME).reviewComments.get(thread);
			if (comment) comment.diffHunk = "@@ -1 +1 @@\n+once(there)";
			const answer = await fetch(`${forge.base}${home}/pull/${pull}`);
			const text = textOf(await answer.text());
			expect(text).toMatch(/outdated 1 once\(there\) .* use a Pipeline here/);
		} finally {
			await other.forge.close();
		}
	});
});

describe("a check shows", () => {
	test("its summary, its annotations with their places, its buttons", async () => {
		const markup = await page(`/runs/${stage.check}`);
		expect(markup).toContain("<strong>the mean</strong>");
		expect(markup).toContain(
			`href="${home}/pull/${stage.pull}#annotation-${stage.check}-1"`,
		);
		expect(markup).toContain('value="fix-all"');
	});

	test("and a pressed button reaches the App", async () => {
		const answer = await send(`/runs/${stage.check}/press`, {
			as: "alice",
			identifier: "fix-all",
		});
		expect(answer.status).toBe(303);
		await stage.forge.idle();
		expect(ear.received.at(-1)?.payload).toMatchObject({
			action: "requested_action",
			requested_action: { identifier: "fix-all" },
			sender: { login: "alice" },
		});
	});
});

describe("files", () => {
	test("are shown at a branch with slashes, with lines that links can name", async () => {
		const markup = await page("/blob/modelwright/1/7-model/src/model.py");
		expect(markup).toMatch(/<tr id="L6">.*mean\(rows\)/);
		expect(await page(`/blob/${stage.headSha}/src/model.py`)).toContain("L6");
	});

	test("are listed by folder; Markdown is rendered", async () => {
		expect(await page("/tree/main")).toContain(`${home}/tree/main/src`);
		expect(await page("/tree/main")).toContain("<h1>churn</h1>");
		expect(await page("/tree/main/src")).toContain("main/src/model.py");
		expect(await page("/blob/main/README.md?plain=1")).toContain("# churn");
	});

	test("of a commit are shown as it changed them", async () => {
		const text = textOf(await page(`/commit/${stage.headSha}`));
		expect(text).toContain("Work on modelwright/1/7-model");
		expect(text).toContain("+3 −1");
	});

	test.each([
		"/blob/main/absent.py",
		"/blob/nowhere/README.md",
		"/blob/main/../../HEAD",
		"/commit/ffffffffffffffffffffffffffffffffffffffff",
		"/issues/999",
		"/runs/1",
		"/tree/main%00",
		"/%E0%A4%A",
	])("%s is not there", async (path) => {
		expect((await ask(home + path)).status).toBe(404);
		expect(stage.forge.violations).toEqual([]);
	});

	test.each(["/-/pages.ts", "/-/../forge.ts", "/-/constructor"])(
		"beside the pages' own two stay closed: %s",
		async (path) => {
			expect((await ask(path)).status).toBe(404);
		},
	);
});

describe("a form", () => {
	test("comments as the chosen person and goes back to what was written", async () => {
		const body = "/status\r\nhow is it going?";
		const answer = await send(`/issues/${stage.issue}/comments`, {
			as: "bob",
			body,
		});
		expect(answer.status).toBe(303);
		const [, id] =
			/#issuecomment-(\d+)$/.exec(`${answer.headers.location}`) ?? [];
		const comment = stage.forge.repository(FULL_NAME).comments.get(Number(id));
		expect(comment).toMatchObject({ body, user: { login: "bob" } });
		await stage.forge.idle();
		expect(ear.received.at(-1)?.payload).toMatchObject({
			action: "created",
			sender: { login: "bob" },
		});
		expect(answer.headers["set-cookie"]?.[0]).toMatch(
			/^as=bob;.*SameSite=Strict/,
		);
	});

	test("puts a label on and takes it off", async () => {
		const names = () =>
			stage.forge
				.repository(FULL_NAME)
				.issues.get(stage.issue)
				?.labels.map(({ name }) => name);
		const path = `/issues/${stage.issue}/labels`;
		await send(path, { as: "alice", add: "a b/c" });
		expect(names()).toContain("a b/c");
		await send(path, { as: "alice", remove: "a b/c" });
		expect(names()).not.toContain("a b/c");
	});

	test("that is refused says why and keeps the text", async () => {
		const answer = await send(`/issues/${stage.issue}/edit`, {
			as: "bob",
			title: "Mine now",
			body: "words not to be <lost>",
		});
		expect(answer.status).toBe(403);
		expect(answer.text).toContain("words not to be &lt;lost&gt;");
		expect(textOf(answer.text)).toContain("rights");
	});

	test.each(["modelwright[bot]", "mallory", ""])(
		"as %j is nobody's",
		async (as) => {
			const path = `/issues/${stage.issue}/comments`;
			expect((await send(path, { as, body: "hello" })).status).toBe(403);
		},
	);

	test("opens an issue with the label that starts a task", async () => {
		const answer = await send("/issues", {
			as: "alice",
			title: "Another",
			body: "",
			label: "ml-task",
		});
		expect((await ask(`${answer.headers.location}`)).text).toContain("ml-task");
	});

	test("speaks of a line and answers there", async () => {
		const pull = `/pull/${stage.pull}`;
		const said = await send(`${pull}/lines`, {
			as: "wendy",
			path: "src/model.py",
			line: "5",
			side: "RIGHT",
			body: "a good sentence",
		});
		const [, id] = /#thread-(\d+)$/.exec(`${said.headers.location}`) ?? [];
		await send(`${pull}/replies/${id}`, { as: "alice", body: "thank you" });
		expect(textOf(await pullPage())).toMatch(
			/Learns from rows.*a good sentence.*thank you.*rate = mean/,
		);
	});

	test("takes a pull request out of draft and merges it", async () => {
		const { forge, pull } = await setPagesStage();
		const post = (path: string, form: Record<string, string>) =>
			fetch(`${forge.base}${home}/pull/${pull}${path}`, {
				method: "POST",
				body: new URLSearchParams({ as: "alice", ...form }),
			});
		await post("/ready", {});
		const merged = textOf(
			await (await post("/merge", { method: "squash" })).text(),
		);
		expect(merged).toMatch(/Merged main ←/);
		expect(merged).toMatch(/alice merged this in [0-9a-f]{7}/);
		await forge.close();
	});

	test.each([
		["another site's page", { "sec-fetch-site": "cross-site" }],
		["another port's page", { "sec-fetch-site": "same-site" }],
		["another origin", { origin: "http://evil.example" }],
		["no origin at all", { origin: "null" }],
		["a name that points here", { host: "evil.example" }],
	])("from %s does nothing", async (_, headers: Record<string, string>) => {
		const before = stage.forge.repository(FULL_NAME).comments.size;
		const path = `${home}/issues/${stage.issue}/comments`;
		const answer = await ask(path, headers, { as: "alice", body: "forged" });
		expect(answer.status).toBe(403);
		expect(stage.forge.repository(FULL_NAME).comments.size).toBe(before);
	});

	test("of our own origin is taken", async () => {
		const headers = {
			origin: stage.forge.base,
			"sec-fetch-site": "same-origin",
			host: new URL(stage.forge.base).host,
		};
		const form = { as: "bob", back: "//evil.example" };
		const answer = await ask("/-/as", headers, form);
		expect(answer.status).toBe(303);
		expect(answer.headers.location).toBe("/");
	});
});

test("an unchanged page is not sent again", async () => {
	const path = `${home}/issues/${stage.issue}`;
	const first = await ask(path);
	const second = await ask(path, { "if-none-match": `${first.headers.etag}` });
	expect(second).toMatchObject({ status: 304, text: "" });
});

/** Everything between angle brackets that a browser would take for a tag. */
const tagsOf = (markup: string) =>
	[...markup.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/gi)].map(
		([, slash, name = "", attributes = ""]) => ({
			closes: slash === "/",
			name,
			attributes: attributes.replace(/="[^"]*"/g, ""),
			href: /href="([^"]*)"/.exec(attributes)?.[1],
		}),
	);

const MARKDOWN_TAGS =
	/^(?:div|p|a|ul|ol|li|input|table|thead|tbody|tr|th|td|pre|code|span|blockquote|h[1-6]|hr|br|em|strong|b|i|s|del|ins|kbd|sub|sup|details|summary|svg|text|tspan|rect|path)$/;
const MARKDOWN_ATTRIBUTES =
	/^(?: (?:class|href|title|rel|type|disabled|checked|align|start|open|x|y|d|width|height|rx|viewBox|role|aria-label|text-anchor))*$/;

function faultsOf(markup: string): string[] {
	const open: string[] = [];
	const faults: string[] = [];
	for (const { closes, name, attributes, href } of tagsOf(markup)) {
		if (!MARKDOWN_TAGS.test(name)) faults.push(`tag ${name}`);
		if (!MARKDOWN_ATTRIBUTES.test(attributes))
			faults.push(`attributes${attributes}`);
		if (href !== undefined && !/^(?:https?:|mailto:|[/#?.]|[^:]*$)/i.test(href))
			faults.push(`link ${href}`);
		if (/^(?:br|hr|input)$/.test(name)) continue;
		if (!closes) open.push(name);
		else if (open.pop() !== name) faults.push(`stray </${name}>`);
	}
	return [...faults, ...open.map((name) => `unclosed <${name}>`)];
}

const HOSTILE = [
	"<img src=x onerror=alert(1)>",
	"<script>alert(1)</script>",
	"<svg onload=alert(1)>",
	"</textarea></div></details><script>alert(2)</script>",
	"<details open ontoggle=alert(1)><summary>x</summary>",
	"<b><i>never closed",
	"[x](javascript:alert(1))",
	"[x](JaVa&#115;cript&colon;alert(1))",
	"[x](java\tscript:alert(1))",
	"[x](data:text/html,<script>alert(1)</script>)",
	"[x](//host 'a\" onclick=\"b')",
	'![" onerror="alert(1)](http://evil.example/pixel.png)',
	"<javascript:alert(1)>",
	"<a href='javascript:alert(1)'>x</a>",
	"<kbd><img src=x onerror=alert(1)></kbd>",
	"<pre><img src=x onerror=alert(1)></pre>",
	'```"><script>\n</code></pre><script>alert(1)</script>\n```',
	'```mermaid\nxychart-beta\ntitle "</text><script>alert(1)</script>"\nx-axis ["<b>"]\nbar [1]\n```',
	'```mermaid\nflowchart LR\na["</svg><script>x"] --> b\n```',
	'| <script> | "><img src=x> |\n|---|:-:|\n| </table> | </details> |',
	"<!-- open comment <script>",
	"- [x] <input onfocus=alert(1) autofocus>",
	"\u001b[31mred\u001b[0m \u202ereversed",
	"&lt;script&gt; &#60;script&#62;",
];

describe("no text can do anything but be read:", () => {
	test.each(HOSTILE)("%j", (text) => {
		expect(faultsOf(markdown(text).toString())).toEqual([]);
	});

	test("whatever is put together of such pieces", () => {
		const piece = fc.oneof(
			fc.constantFrom(...HOSTILE, "\n", "\n\n", "> ", "- ", "`", "|", "<", '"'),
			fc.string(),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const markup = markdown(pieces.join("")).toString();
				expect(faultsOf(markup)).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	test("on a whole page, wherever it stands", async () => {
		const { forge } = await setPagesStage();
		const evil = `</title></textarea><script>alert(1)</script>"onclick="x`;
		const { acts } = forge;
		const { number } = await acts.openIssue(FULL_NAME, "alice", {
			title: evil,
			body: HOSTILE.join("\n\n"),
			labels: ['"><img src=x onerror=alert(1)>'],
		});
		const check = [...forge.repository(FULL_NAME).checkRuns.values()][0];
		const annotation = check?.annotations[0];
		if (check && annotation) {
			check.name = evil;
			check.output = { title: evil, summary: evil, text: evil };
			Object.assign(annotation, {
				title: evil,
				message: evil,
				raw_details: evil,
			});
		}
		for (const path of [
			"",
			`/issues/${number}`,
			"/pull/2",
			`/runs/${check?.id}`,
			`/issues/${number}/edit`,
		]) {
			const form = path.endsWith("edit") && {
				method: "POST",
				body: new URLSearchParams({ as: "bob", title: evil, body: evil }),
			};
			const answer = await fetch(forge.base + home + path, form || {});
			const tags = tagsOf(await answer.text());
			const scripts = tags.filter(({ name }) => /^(?:script|img)$/i.test(name));
			expect(scripts.filter(({ closes }) => !closes)).toHaveLength(1);
			expect(tags.filter(({ attributes }) => /\son/i.test(attributes))).toEqual(
				[],
			);
			expect(answer.headers.get("content-security-policy")).toMatch(
				/^default-src 'none'; style-src 'self'; script-src 'self';/,
			);
		}
		await forge.close();
	});

	test("control characters and turned directions are made visible", () => {
		expect(markdown("\u001b[31m \u202e").toString()).toContain(
			"␛[31m [U+202E]",
		);
	});
});
