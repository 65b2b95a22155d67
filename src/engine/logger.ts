// The process's log: JSON lines without payloads, tokens or keys.
import pino from "pino";
import { redact } from "../run/redact.ts";
import type { LogLevel } from "../settings.ts";

/** Errors of HTTP clients carry whole requests, and those of webhooks whole payloads; only this much is told. */
const tell = (error: unknown, clean: (text: string) => string) => {
	if (!(error instanceof Error)) return error;
	const { name, message, stack, status, code } = error as Error & {
		status?: unknown;
		code?: unknown;
	};
	return {
		...{ type: name, message: clean(message), stack: clean(stack ?? "") },
		...(status === undefined ? {} : { status }),
		...(code === undefined ? {} : { code }),
	};
};

export function makeLogger(level: LogLevel, secrets: readonly string[]) {
	const clean = (text: string) => redact(text, secrets);
	const serialize = (error: unknown) => tell(error, clean);
	return pino({
		level,
		base: {},
		timestamp: pino.stdTimeFunctions.isoTime,
		formatters: { level: (label) => ({ level: label }) },
		serializers: { err: serialize, error: serialize },
		redact: {
			paths: ["payload", "event.payload", "headers.authorization", "body"],
			censor: "[left out]",
		},
		hooks: {
			logMethod(args, method) {
				const cleaned = args.map((arg) =>
					typeof arg === "string" ? clean(arg) : arg,
				);
				method.apply(this, cleaned as Parameters<typeof method>);
			},
		},
	});
}
