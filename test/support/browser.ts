// A headless Chromium for the tests that look at pages.
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

/** Debian's path, unless CHROMIUM names another one. */
export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why tests that need a browser cannot run here; null when they can. */
export const missingBrowser: string | null = existsSync(CHROMIUM)
	? null
	: `no Chromium at ${CHROMIUM} (on Debian: apt-get install chromium fonts-dejavu-core, or set CHROMIUM)`;

/** With a profile of its own, which goes when it is closed. */
export function openBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: CHROMIUM,
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}

export interface Shot {
	/** Of the window, in CSS pixels; 1280 when absent. */
	width?: number;
	height?: number;
	/** Only this element. */
	selector?: string;
	/** Scrolls until this element stands in the middle. */
	center?: string;
	/** Down to the page's end. */
	fullPage?: boolean;
	dark?: boolean;
	/** What to do with the page before it is taken. */
	before?: (page: Page) => Promise<unknown>;
}

/** Takes a PNG of an address as a person would see it. */
export async function screenshot(
	url: string,
	file: string,
	shot: Shot = {},
): Promise<void> {
	const { width = 1280, height = 900, selector, fullPage = false } = shot;
	const browser = await openBrowser();
	try {
		const page = await browser.newPage({
			viewport: { width, height },
			colorScheme: shot.dark ? "dark" : "light",
		});
		await page.goto(url, { waitUntil: "load" });
		await shot.before?.(page);
		if (shot.center)
			await page
				.locator(shot.center)
				.first()
				.evaluate((found) => found.scrollIntoView({ block: "center" }));
		if (selector)
			await page.locator(selector).first().screenshot({ path: file });
		else await page.screenshot({ path: file, fullPage });
	} finally {
		await browser.close();
	}
}
