// Nothing secret leaves: exact values first, then the shapes secrets have.

/** Token shapes by issuer; GitHub's installation tokens grew to about 520 characters in 2026. */
const SHAPES: readonly (readonly [name: string, shape: RegExp])[] = [
	["GitHub token", /\bgh[pousr]_[A-Za-z0-9._-]{20,}/g],
	["GitHub token", /\bgithub_pat_[A-Za-z0-9_]{20,}/g],
	["Anthropic key", /\bsk-ant-[A-Za-z0-9_-]{20,}/g],
	["OpenAI key", /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,}/g],
	["AWS key", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
	["Slack token", /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g],
	["Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/g],
	["npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
	["JSON web token", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/g],
	[
		"private key",
		/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
	],
];

/** Every spelling in which a value this process holds could leave. */
function spellings(secret: string): string[] {
	const bytes = Buffer.from(secret);
	return [
		secret,
		encodeURIComponent(secret),
		bytes.toString("base64"),
		bytes.toString("base64url"),
		bytes.toString("hex"),
		[...secret].reverse().join(""),
	];
}

/** Secrets shorter than this would blank out ordinary words. */
const SHORTEST = 8;

/** `text` without secrets: the given exact values in any common spelling, and known token shapes. */
export function redact(text: string, secrets: readonly string[] = []): string {
	let clean = text;
	for (const secret of secrets.filter(({ length }) => length >= SHORTEST))
		for (const spelling of spellings(secret))
			clean = clean.replaceAll(spelling, "[secret removed]");
	for (const [name, shape] of SHAPES)
		clean = clean.replace(shape, `[${name} removed]`);
	return clean;
}

/** What kinds of tokens `text` holds. */
export const shapesIn = (text: string): string[] =>
	SHAPES.filter(([, shape]) => text.search(shape) >= 0).map(([name]) => name);

/** Whether one of these exact values stands in `text`, in any common spelling. */
export const holdsSecret = (
	text: string,
	secrets: readonly string[],
): boolean =>
	secrets
		.filter(({ length }) => length >= SHORTEST)
		.some((secret) => spellings(secret).some((s) => text.includes(s)));
