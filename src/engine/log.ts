import type { Log as GitHubLog } from "../github/log.ts";
import type { Log as ModelLog } from "../model/log.ts";

/** A pino logger, as far as anybody below needs one. */
export type Log = ModelLog & GitHubLog;
