import { expect, test } from "vitest";
import { callsOf, importsOf } from "../../../src/ml/python/called.ts";
import type { PyNode } from "../../../src/ml/python/node.ts";
import { parsePython } from "../../../src/ml/python/parser.ts";

const parse = async (text: string) => (await parsePython(text)) as PyNode;

test.each([
	["import torch", "torch.load(f)", "torch.load"],
	["import torch.nn as nn", "nn.Linear(1)", "torch.nn.Linear"],
	["from torch import nn, load as l", "l(f)", "torch.load"],
	["from .data import Rows", "Rows()", ".data.Rows"],
	["from . import data", "data.Rows()", ".data.Rows"],
	["import numpy", "open(f).read()", "?.read"],
	["import numpy", "a[0].fit(x)", "?.fit"],
])("after %s the call %s is one of %s", async (statement, call, name) => {
	const calls = callsOf(await parse(`${statement}\n${call}\n`));
	expect(calls[0]?.name).toBe(name);
});

test("arguments are told apart", async () => {
	const [call] = callsOf(await parse("f(a, *b, c=1, **d)"));
	expect(call?.positional.map(({ text }) => text)).toEqual(["a"]);
	expect([...(call?.named.keys() ?? [])]).toEqual(["c"]);
	expect(call?.hasUnpacked).toBe(true);
});

test("the imports inside functions count too", async () => {
	const module = await parse("def f():\n    import pickle as p\n");
	expect([...importsOf(module)]).toEqual([["p", "pickle"]]);
});
