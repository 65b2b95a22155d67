import type { Log } from "../../src/engine/log.ts";

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
