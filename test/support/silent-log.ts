import type { Log } from "../../src/model/log.ts";

export const silentLog: Log = { info() {}, warn() {}, error() {} };
