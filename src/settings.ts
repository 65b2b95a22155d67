// The process's environment, checked once at the start. GitHub's names are
// Probot's, the model's are the SDK's; DATABASE_URL and DATA_DIR are ours.
import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { messageOf, SetupError } from "./errors.ts";

export interface Settings {
	/** Absent: nobody has registered the App yet, so the set-up page is served. */
	readonly github?: GitHubSettings;
	/** Where GitHub's pages are, e.g. https://github.com */
	readonly webUrl: string;
	/** Where its REST API is, e.g. https://api.github.com */
	readonly apiUrl: string;
	readonly model: { readonly apiKey: string; readonly baseUrl?: string };
	/** Absent: Postgres comes embedded, inside the data folder. */
	readonly databaseUrl?: string;
	readonly dataDir: string;
	readonly port: number;
	readonly host?: string;
	readonly logLevel: LogLevel;
	/** Where repositories' code may run; auto: wherever it can. */
	readonly runner: RunnerSetting;
	/** The interpreter that the bubblewrap runner is given; absent: the system's. */
	readonly python?: string;
	/** Repositories may replace the briefs of agents. */
	readonly allowRepositoryAgents: boolean;
}

export interface GitHubSettings {
	readonly appId: number;
	readonly privateKey: string;
	readonly webhookSecret: string;
}

const LOG_LEVELS = [
	"trace",
	"debug",
	"info",
	"warn",
	"error",
	"fatal",
	"silent",
] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const RUNNERS = ["auto", "wasm", "bubblewrap", "actions"] as const;
export type RunnerSetting = (typeof RUNNERS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** An empty variable means the same as none. */
const text = z
	.string()
	.optional()
	.transform((value) => value?.trim() || undefined);

const Variables = z.object({
	APP_ID: text.refine((id) => !id || /^[1-9]\d{0,15}$/.test(id), {
		error:
			"expected the App's number, as its settings page shows it (e.g. 123456)",
	}),
	PRIVATE_KEY: text,
	PRIVATE_KEY_PATH: text,
	WEBHOOK_SECRET: text,
	GHE_HOST: text.refine((host) => !host || /^[\w.-]+(:\d+)?$/.test(host), {
		error: "expected a host name, with a port if needed (e.g. ghe.example.com)",
	}),
	GHE_PROTOCOL: text
		.refine((protocol) => !protocol || /^https?$/.test(protocol), {
			error: "expected http or https",
		})
		.transform((protocol) => protocol ?? "https"),
	ANTHROPIC_API_KEY: text,
	ANTHROPIC_BASE_URL: text.refine((url) => !url || URL.canParse(url), {
		error: "expected an address (e.g. https://api.anthropic.com)",
	}),
	DATABASE_URL: text.refine((url) => !url || /^postgres(ql)?:\/\//.test(url), {
		error: "expected postgresql://user:password@host:5432/database",
	}),
	DATA_DIR: text,
	PORT: text
		.refine((port) => !port || (/^\d{1,5}$/.test(port) && +port < 65_536), {
			error: "expected a port number (0 to 65535)",
		})
		.transform((port) => Number(port ?? 3000)),
	HOST: text,
	LOG_LEVEL: text
		.transform((level) => level ?? "info")
		.pipe(
			z.enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(", ")}` }),
		),
	RUNNER: text
		.transform((runner) => runner ?? "auto")
		.pipe(z.enum(RUNNERS, { error: `expected one of ${RUNNERS.join(", ")}` })),
	MODELWRIGHT_PYTHON: text.refine((path) => !path || isAbsolute(path), {
		error:
			"expected the whole path of a Python interpreter (e.g. /opt/ml/bin/python3)",
	}),
	ALLOW_REPOSITORY_AGENTS: text
		.refine((value) => !value || /^(1|true|0|false)$/.test(value), {
			error:
				"expected 1 or true to let repositories replace the briefs of agents; leave it out (or 0, false) for no",
		})
		.transform((value) => value === "1" || value === "true"),
});
type Variables = z.infer<typeof Variables>;

/** Throws one SetupError that names every fault. */
export function readSettings(env: Environment): Settings {
	const parsed = Variables.safeParse(env);
	if (!parsed.success)
		throw unusable(
			parsed.error.issues.map(
				({ path, message }) => `${path.join(".")}: ${message}.`,
			),
		);
	const given = parsed.data;
	const faults: string[] = [];
	const github = given.APP_ID ? readGitHub(given, faults) : undefined;
	if (github && !given.ANTHROPIC_API_KEY && !given.ANTHROPIC_BASE_URL)
		faults.push(
			"ANTHROPIC_API_KEY: not set, so no model can be asked. Set it to a key of your Anthropic account.",
		);
	if (faults.length > 0) throw unusable(faults);
	return {
		...(github ? { github } : {}),
		...placeOf(given),
		model: {
			apiKey: given.ANTHROPIC_API_KEY ?? "none",
			...(given.ANTHROPIC_BASE_URL
				? { baseUrl: given.ANTHROPIC_BASE_URL }
				: {}),
		},
		...(given.DATABASE_URL ? { databaseUrl: given.DATABASE_URL } : {}),
		dataDir: resolve(given.DATA_DIR ?? defaultDataDir()),
		port: given.PORT,
		...(given.HOST ? { host: given.HOST } : {}),
		logLevel: given.LOG_LEVEL,
		runner: given.RUNNER,
		...(given.MODELWRIGHT_PYTHON ? { python: given.MODELWRIGHT_PYTHON } : {}),
		allowRepositoryAgents: given.ALLOW_REPOSITORY_AGENTS,
	};
}

/** Root's home is closed to the user that Postgres has to run as. */
const defaultDataDir = () =>
	process.getuid?.() === 0 ? "/var/lib/modelwright" : "data";

function readGitHub(given: Variables, faults: string[]): GitHubSettings {
	const secret = given.WEBHOOK_SECRET ?? "";
	if (secret === "" || secret === "development")
		faults.push(
			`WEBHOOK_SECRET: ${secret ? 'is "development", which everybody knows' : "not set, so anybody could send events"}. Set it to the secret of the App's settings page (a long random word).`,
		);
	return {
		appId: Number(given.APP_ID),
		privateKey: readPrivateKey(given, faults),
		webhookSecret: secret,
	};
}

function placeOf({ GHE_HOST: host, GHE_PROTOCOL: protocol }: Variables) {
	if (!host)
		return { webUrl: "https://github.com", apiUrl: "https://api.github.com" };
	const webUrl = `${protocol}://${host}`;
	return { webUrl, apiUrl: `${webUrl}/api/v3` };
}

/** PEM as it is, with `\n` written out, or in base64; or the path of a file with it. */
function readPrivateKey(given: Variables, faults: string[]): string {
	const remedy =
		"Generate a private key on the App's settings page and give it, or its file in PRIVATE_KEY_PATH.";
	let key = given.PRIVATE_KEY?.replaceAll("\\n", "\n") ?? "";
	if (!key && given.PRIVATE_KEY_PATH)
		try {
			key = readFileSync(given.PRIVATE_KEY_PATH, "utf8");
		} catch (error) {
			faults.push(
				`PRIVATE_KEY_PATH: cannot be read (${messageOf(error)}). ${remedy}`,
			);
			return "";
		}
	if (key && !isPem(key)) key = Buffer.from(key, "base64").toString();
	if (!isPem(key))
		faults.push(
			`PRIVATE_KEY: ${key ? "is not a PEM private key" : "not set"}. ${remedy}`,
		);
	return key;
}

const isPem = (key: string) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(key);

const unusable = (faults: readonly string[]) =>
	new SetupError(
		`The environment cannot be used:\n${faults.map((fault) => `- ${fault}`).join("\n")}`,
	);
