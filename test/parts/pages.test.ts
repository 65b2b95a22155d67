// The pages as a person meets them, in a real browser. Skipped with a word where
// there is none.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type PagesStage, setPagesStage } from "../local/forge/pages-stage.ts";
import { FULL_NAME } from "../local/forge/support.ts";
import { missingBrowser, openBrowser, screenshot } from "../support/browser.ts";

if (missingBrowser)
	process.stderr.write(`Skipping all tests of pages: ${missingBrowser}\n`);

let stage: PagesStage;
let browser: Browser;
let page: Page;

const address = (path: string) => `${stage.forge.base}/${FULL_NAME}${path}`;
const issueAddress = () => address(`/issues/${stage.issue}`);

async function open(url: string, width = 1280): Promise<Page> {
	page = await browser.newPage({ viewport: { width, height: 900 } });
	await page.goto(url);
	return page;
}

describe.skipIf(missingBrowser)("in a browser", () => {
	beforeAll(async () => {
		[stage, browser] = await Promise.all([setPagesStage(), openBrowser()]);
	});

	afterEach(() => page?.close());

	afterAll(async () => {
		await browser?.close();
		await stage?.forge.close();
	});

	it("hostile text runs nothing and loads nothing", async () => {
		const { number } = await stage.forge.acts.openIssue(FULL_NAME, "alice", {
			title: "<img src=x onerror='window.ran=1'>",
			body: [
				"<script>window.ran = 2</script>",
				"<img src='http://127.0.0.1:9/pixel.png' onerror='window.ran=3'>",
				"<details open ontoggle='window.ran=4'><summary>x</summary></details>",
				"<a href='javascript:window.ran=5' autofocus onfocus='window.ran=6'>go</a>",
				"[click](javascript:window.ran=7)",
				"</textarea></form><form action='//evil.example'><b>unclosed",
				"![pixel](http://127.0.0.1:9/pixel.png)",
			].join("\n\n"),
		});
		const asked: string[] = [];
		const said: string[] = [];
		page = await browser.newPage();
		page.on("request", (request) => asked.push(request.url()));
		page.on("console", (message) => said.push(message.text()));
		await page.goto(address(`/issues/${number}`));
		for (const link of await page.locator(".markdown a").all())
			expect(await link.getAttribute("href")).toMatch(/^http:/);
		const found = await page.evaluate(() => ({
			ran: (window as { ran?: number }).ran,
			images: document.images.length,
			scripts: document.scripts.length,
			bold: getComputedStyle(document.querySelector("footer") as Element)
				.fontWeight,
			actions: [...document.forms].map(({ action }) => new URL(action).host),
		}));
		expect(found).toMatchObject({ images: 0, scripts: 1, bold: "400" });
		expect(found.ran).toBeUndefined();
		expect(new Set(found.actions)).toEqual(
			new Set([new URL(stage.forge.base).host]),
		);
		expect(asked.every((url) => url.startsWith(stage.forge.base))).toBe(true);
		expect(said).toEqual([]);
	});

	it("a comment is written as whom one chooses", async () => {
		await open(issueAddress());
		await page.fill("#reply textarea", "/approve 12345678");
		await page.selectOption("#reply select", "bob");
		await page.click("#reply button");
		await page.waitForURL(/#issuecomment-\d+$/);
		const last = [...stage.forge.repository(FULL_NAME).comments.values()].at(
			-1,
		);
		expect(last).toMatchObject({
			body: "/approve 12345678",
			user: { login: "bob" },
		});
		expect(await page.locator(".menu summary").innerText()).toContain("bob");
		await page.click(".menu summary");
		await page.click(".menu button[value=alice]");
		expect(await page.locator(".menu summary").innerText()).toContain("alice");
	});

	it("news appear by themselves and leave alone what one is doing", async () => {
		await open(issueAddress());
		const shown = (text: string) =>
			page.locator(".markdown p").getByText(text, { exact: true });
		const numbers = page.locator("details", { hasText: "All numbers" });
		await numbers.locator("summary").click();
		await page.fill("#reply textarea", "half a sentence");
		const { acts } = stage.forge;
		await acts.comment(FULL_NAME, stage.issue, "wendy", "fresh news");
		const { comments } = stage.forge.repository(FULL_NAME);
		const [status, result] = [...comments.values()];
		if (status) status.body += "\n\nThe status went on.";
		if (result) result.body += "\n\nThe result went on.";
		await shown("fresh news").waitFor({ timeout: 6000 });
		await shown("The status went on.").waitFor();
		await shown("The result went on.").waitFor();
		expect(await page.inputValue("#reply textarea")).toBe("half a sentence");
		expect(await numbers.getAttribute("open")).not.toBeNull();
		const order = await page
			.locator("#timeline > [id]")
			.evaluateAll((all) => all.map(({ id }) => id));
		expect(order.at(-1)).toBe(`issuecomment-${[...comments.keys()].at(-1)}`);
		expect(new Set(order).size).toBe(order.length);
	});

	it("annotations that arrive later show up in the changes", async () => {
		await open(address(`/pull/${stage.pull}`));
		const check = stage.forge.repository(FULL_NAME).checkRuns.get(stage.check);
		const [first] = check?.annotations ?? [];
		if (first) check?.annotations.push({ ...first, title: "F3 came later" });
		await page.getByText("F3 came later").waitFor({ timeout: 6000 });
		expect(await page.locator("#size").innerText()).toContain("3 annotations");
	});

	it("a click on a line's number opens a form there", async () => {
		await open(address(`/pull/${stage.pull}`));
		await page.locator("tr.added td.no a", { hasText: "6" }).click();
		const form = page.locator("tr.below form[action$='/lines']");
		await form.locator("textarea").fill("why the mean?");
		await form.locator("button").click();
		await page.waitForURL(/#thread-\d+$/);
		const thread = page.locator(".thread:target");
		expect(await thread.innerText()).toContain("why the mean?");
	});

	it("a link to lines marks them", async () => {
		await open(address("/blob/main/src/model.py#L4-L5"));
		const marked = await page
			.locator(".blob tr.meant")
			.evaluateAll((rows) => rows.map(({ id }) => id));
		expect(marked).toEqual(["L4", "L5"]);
	});

	it.each([1280, 390])(
		"nothing hangs over the edge at %i pixels",
		async (width) => {
			for (const path of [
				"",
				`/issues/${stage.issue}`,
				`/pull/${stage.pull}`,
				`/runs/${stage.check}`,
				"/blob/main/src/model.py",
			]) {
				await open(address(path), width);
				const over = await page.evaluate(() =>
					[...document.querySelectorAll("body *")]
						.filter((one) => one.checkVisibility())
						.filter((one) => !one.closest(".wide, .unseen, pre, .pointer"))
						.filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
						.map((one) => one.outerHTML.slice(0, 80)),
				);
				expect(over, path).toEqual([]);
				await page.close();
			}
		},
	);

	it.each(["light", "dark"] as const)(
		"text stands out by %s",
		async (scheme) => {
			page = await browser.newPage({ colorScheme: scheme });
			for (const path of [`/issues/${stage.issue}`, `/pull/${stage.pull}`]) {
				await page.goto(address(path));
				expect(await page.evaluate(faintTexts), path).toEqual([]);
			}
		},
	);

	it("a screenshot is a picture of the size asked for", async () => {
		const folder = await mkdtemp(join(tmpdir(), "shot-"));
		const file = join(folder, "issue.png");
		await screenshot(issueAddress(), file, { width: 800, height: 600 });
		const bytes = await readFile(file);
		expect(bytes.readUInt32BE(16)).toBe(800);
		expect(bytes.readUInt32BE(20)).toBe(600);
		await rm(folder, { recursive: true });
	});
});

/** Runs in the page: texts whose contrast is below 4.5, as WCAG 2 reckons it. */
function faintTexts(): string[] {
	const read = (color: string): number[] =>
		(color.match(/[\d.]+/g) ?? []).map(Number);
	const light = (color: number[]): number => {
		const [r = 0, g = 0, b = 0] = color.map((value) => {
			const part = value / 255;
			return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const ground = (element: Element | null): number[] => {
		if (!element) return [255, 255, 255];
		const color = read(getComputedStyle(element).backgroundColor);
		return color[3] === 0 ? ground(element.parentElement) : color.slice(0, 3);
	};
	return [...document.querySelectorAll("body *")]
		.filter((one) => one.checkVisibility())
		.filter((one) => !one.closest("svg, .unseen, option"))
		.filter((one) =>
			[...one.childNodes].some(
				(node) => node.nodeType === 3 && node.textContent?.trim(),
			),
		)
		.filter((one) => {
			const [a, b] = [
				light(read(getComputedStyle(one).color)),
				light(ground(one)),
			].sort((x, y) => y - x) as [number, number];
			return (a + 0.05) / (b + 0.05) < 4.5;
		})
		.map((one) => one.outerHTML.slice(0, 120));
}
