// Starts Python, imports what most programs import, and writes a snapshot of
// its memory to stdout. No foreign code takes part in it.
import { writeSync } from "node:fs";
import { loadPython } from "./load.mts";

const COMMON =
	"import asyncio, csv, json, logging, random, runpy, statistics, traceback, unittest";

const [, , directory = ""] = process.argv;
const python = await loadPython(directory, { _makeSnapshot: true });
python.runPython(COMMON);
const snapshot = python.makeMemorySnapshot();
for (let at = 0; at < snapshot.length; ) at += writeSync(1, snapshot, at);
