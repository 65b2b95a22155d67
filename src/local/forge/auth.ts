import { verify } from "node:crypto";
import { Problem } from "./problem.ts";
import type { Caller, World } from "./world.ts";

const NOBODY: Caller = { kind: "nobody", account: null, token: null };

/** GitHub allows ten minutes, and a minute of clocks going apart. */
const LONGEST_JWT_SECONDS = 600;
const DRIFT_SECONDS = 60;

/** Who speaks, by the Authorization header of an API call or of git. */
export function authenticate(world: World, header: string | undefined): Caller {
	const secret = readSecret(header);
	if (secret === null) return NOBODY;
	if (secret.split(".").length === 3) {
		checkJwt(world, secret);
		return { kind: "app", account: world.bot, token: null };
	}
	const token = world.state.tokens.get(secret);
	const over = token?.expiresAt != null && token.expiresAt <= Date.now();
	if (!token || over) throw new Problem(401, "Bad credentials");
	const kind = token.installation ? "installation" : "person";
	return { kind, account: token.account, token };
}

function readSecret(header: string | undefined): string | null {
	const [, scheme = "", value = ""] =
		/^(bearer|token|basic)\s+(\S+)$/i.exec(header ?? "") ?? [];
	if (!scheme) return null;
	if (scheme.toLowerCase() !== "basic") return value;
	// Git sends "x-access-token:<token>"; only the token counts.
	const text = Buffer.from(value, "base64").toString();
	return text.slice(text.indexOf(":") + 1);
}

interface Claims {
	iss?: unknown;
	iat?: unknown;
	exp?: unknown;
}

function checkJwt(world: World, jwt: string): void {
	const [head = "", body = "", signature = ""] = jwt.split(".");
	const undecodable = new Problem(401, "A JSON web token could not be decoded");
	const signed = verify(
		"RSA-SHA256",
		Buffer.from(`${head}.${body}`),
		world.app.publicKey,
		Buffer.from(signature, "base64url"),
	);
	const { alg } = parse(head) as { alg?: unknown };
	if (!signed || alg !== "RS256") throw undecodable;
	const { iss, iat, exp }: Claims = parse(body);
	if (String(iss) !== String(world.app.id))
		throw new Problem(404, "Integration not found");
	const now = Date.now() / 1000;
	if (typeof iat !== "number" || iat > now + DRIFT_SECONDS)
		throw new Problem(
			401,
			"'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
		);
	if (typeof exp !== "number" || exp <= now)
		throw new Problem(
			401,
			"'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
		);
	if (exp > now + LONGEST_JWT_SECONDS + DRIFT_SECONDS)
		throw new Problem(
			401,
			"'Expiration time' claim ('exp') is too far in the future",
		);
}

function parse(part: string): object {
	try {
		return JSON.parse(Buffer.from(part, "base64url").toString());
	} catch {
		return {};
	}
}
