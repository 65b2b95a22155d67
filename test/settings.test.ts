import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSettings } from "../src/settings.ts";

const { privateKey } = generateKeyPairSync("rsa", {
	modulusLength: 2048,
	privateKeyEncoding: { type: "pkcs8", format: "pem" },
	publicKeyEncoding: { type: "spki", format: "pem" },
});

const COMPLETE = {
	APP_ID: "123",
	PRIVATE_KEY: privateKey,
	WEBHOOK_SECRET: "something long",
	ANTHROPIC_API_KEY: "sk-ant-example",
};

describe("the environment", () => {
	it("without an App is enough to explain the set-up", () => {
		expect(readSettings({}).github).toBeUndefined();
	});

	it("gives github.com unless another host is named", () => {
		expect(readSettings(COMPLETE).apiUrl).toBe("https://api.github.com");
		const own = { GHE_HOST: "127.0.0.1:8080", GHE_PROTOCOL: "http" };
		expect(readSettings({ ...COMPLETE, ...own })).toMatchObject({
			apiUrl: "http://127.0.0.1:8080/api/v3",
			webUrl: "http://127.0.0.1:8080",
		});
	});

	it.each([
		["as it is", privateKey],
		["with written line ends", privateKey.replaceAll("\n", "\\n")],
		["in base64", Buffer.from(privateKey).toString("base64")],
	])("takes a private key %s", (_, key) => {
		const settings = readSettings({ ...COMPLETE, PRIVATE_KEY: key });
		expect(settings.github?.privateKey.trim()).toBe(privateKey.trim());
	});

	it.each([
		["no webhook secret", { WEBHOOK_SECRET: "" }, /WEBHOOK_SECRET: not set/],
		[
			"the secret that Probot falls back to",
			{ WEBHOOK_SECRET: "development" },
			/WEBHOOK_SECRET: .*everybody knows/,
		],
		["no key", { PRIVATE_KEY: "" }, /PRIVATE_KEY: not set/],
		["a key that is none", { PRIVATE_KEY: "hello" }, /not a PEM private key/],
		[
			"a key file that is not there",
			{ PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere.pem" },
			/PRIVATE_KEY_PATH: cannot be read/,
		],
		["a port that is none", { PORT: "99999" }, /PORT: expected/],
		["no model key", { ANTHROPIC_API_KEY: "" }, /ANTHROPIC_API_KEY/],
		[
			"a yes that is none",
			{ ALLOW_REPOSITORY_AGENTS: "yes please" },
			/ALLOW_REPOSITORY_AGENTS: expected 1 or true/,
		],
		[
			"a runner that does not exist",
			{ RUNNER: "docker" },
			/RUNNER: expected one of auto, wasm, bubblewrap/,
		],
		[
			"an interpreter without its whole path",
			{ MODELWRIGHT_PYTHON: "python3" },
			/MODELWRIGHT_PYTHON: expected the whole path/,
		],
		["an App number that is none", { APP_ID: "my-app" }, /APP_ID: expected/],
		[
			"another database",
			{ DATABASE_URL: "mysql://x" },
			/DATABASE_URL: expected postgresql/,
		],
	])("is refused with %s", (_, change, words) => {
		expect(() => readSettings({ ...COMPLETE, ...change })).toThrow(words);
	});

	it.each([
		["1", true],
		["true", true],
		["0", false],
		["", false],
		[undefined, false],
	])("lets repositories replace briefs with %j: %s", (value, allowed) => {
		const env = { ...COMPLETE, ALLOW_REPOSITORY_AGENTS: value };
		expect(readSettings(env).allowRepositoryAgents).toBe(allowed);
	});

	it("is refused with one line for each fault", () => {
		const faulty = { APP_ID: "1" };
		expect(() => readSettings(faulty)).toThrow(/(\n- .*){3}/);
	});
});
