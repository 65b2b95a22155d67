import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { parseCapsule } from "../../src/run/capsule.ts";
import { asks, DEFAULT_CONFIG } from "../../src/run/config.ts";
import { CONFIG_SCHEMA } from "../../src/run/config-schema.ts";
import { parseConfig } from "../../src/run/parse-config.ts";
import { SETUP_FILES, setupBody } from "../../src/views/onboarding.ts";

const [config = "", form = "", capsule = ""] = SETUP_FILES.map(
	({ content }) => content,
);
const uncommented = config
	.replace(/^#(?=\S| {2})/gm, "")
	.replace(/^ {3}.*$/gm, "");

describe("the offered configuration", () => {
	it("changes nothing as it is", () => {
		expect(parseConfig({ own: config })).toEqual({
			ok: true,
			config: DEFAULT_CONFIG,
		});
	});

	it("shows every key with its default", () => {
		const parsed = parseConfig({ own: uncommented });
		expect(parsed).toMatchObject({ ok: true });
		if (!parsed.ok) return;
		const { gates, ...rest } = parsed.config;
		const { gates: _, ...defaults } = DEFAULT_CONFIG;
		expect(rest).toEqual(defaults);
		for (const gate of ["requirements", "risks", "findings"] as const)
			expect(asks(parsed.config, gate)).toBe(asks(DEFAULT_CONFIG, gate));
		const shown = Object.keys(load(uncommented) as object);
		expect(shown).toEqual(Object.keys(CONFIG_SCHEMA.properties ?? {}));
	});

	it("tells editors where its schema lies", () => {
		expect(config).toMatch(/^# yaml-language-server: \$schema=\S+$/m);
	});
});

it("the issue form asks the five questions and puts the label on", () => {
	const { labels, body } = load(form) as {
		labels: string[];
		body: { type: string; attributes: { label: string } }[];
	};
	expect(labels).toEqual([DEFAULT_CONFIG.label]);
	expect(body).toHaveLength(5);
	expect(body.every(({ type, attributes }) => type && attributes.label)).toBe(
		true,
	);
});

it("the example capsule is one that phase 1 takes", () => {
	expect(parseCapsule("example", capsule, new Set())).toMatchObject({
		ok: true,
	});
});

it("the pull request speaks of the files it adds and no others", () => {
	const body = setupBody([".github/modelwright.yml"]);
	expect(body).toContain("`.github/modelwright.yml`");
	expect(body).not.toContain("capsule.yaml");
});
