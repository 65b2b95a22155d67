import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { parseCapsule } from "../../src/run/capsule.ts";
import { asks, DEFAULT_CONFIG } from "../../src/run/config.ts";
import { CONFIG_SCHEMA } from "../../src/run/config-schema.ts";
import { parseConfig } from "../../src/run/parse-config.ts";
import { cleanBody } from "../../src/views/clean.ts";
import {
	WORKFLOW,
	WORKFLOW_PATH,
} from "../../src/views/onboarding/workflow.ts";
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
	const body = setupBody([".github/modelwright.yml"], "https://x/new/main");
	expect(body).toContain("`.github/modelwright.yml`");
	expect(body).not.toContain("capsule.yaml");
});

describe("the workflow for jobs on one's own runners", () => {
	const { jobs, permissions } = load(WORKFLOW) as {
		permissions: object;
		jobs: { job: { permissions: object; steps: Record<string, string>[] } };
	};
	const { steps } = jobs.job;

	it("may read this repository, and has no secret", () => {
		expect(permissions).toEqual({});
		expect(jobs.job.permissions).toEqual({ contents: "read" });
		expect(WORKFLOW).not.toMatch(/secrets\.|github\.token/);
		expect(WORKFLOW).toContain("persist-credentials: false");
	});

	it("takes actions by their commits, and no input into a script", () => {
		for (const { uses, run } of steps) {
			if (uses) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
			expect(run ?? "").not.toContain("${{");
		}
	});

	it("is offered whole by the pull request, which may not hold it", () => {
		const body = setupBody([], "https://github.com/acme/churn/new/main");
		expect(SETUP_FILES.map(({ path }) => path)).not.toContain(WORKFLOW_PATH);
		const [, link = ""] = /\]\((\S+)\)/.exec(body) ?? [];
		expect(new URL(link).searchParams.get("value")).toBe(WORKFLOW);
		expect(link.length).toBeLessThan(8_000);
		expect(cleanBody(body)).toContain(link);
	});
});
