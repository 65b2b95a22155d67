#!/usr/bin/env node
// The command line. Each command lives in a file of its own and is loaded on use.
import { Command } from "commander";
import type { RuleRequest } from "./check/check.ts";
import type { MapRequest } from "./map/map.ts";
import type { CheckRequest } from "./skills/check/tell.ts";

interface SkillsOptions extends CheckRequest {
	readonly task: string;
	readonly table: boolean;
	readonly check: boolean;
}

const program = new Command("modelwright").description(
	"Takes issues labelled ml-task through twelve phases of machine-learning work.",
);

program
	.command("serve")
	.description("serve GitHub's webhooks (what `npm start` does)")
	.action(async () => {
		await import("../main.ts");
	});

program
	.command("doctor")
	.description("say what works on this machine and what is missing")
	.option("--json", "print the findings as JSON", false)
	.action(async ({ json }: { json: boolean }) => {
		const { doctor } = await import("./doctor/doctor.ts");
		process.exitCode = (await doctor({ json })) ? 0 : 1;
	});

program
	.command("init")
	.description("write configuration, issue form and capsule example")
	.argument("[folder]", "a checkout of the repository", ".")
	.option("--actions", "instead the workflow for jobs on your own runners")
	.action(async (folder: string, options: { actions?: true }) => {
		const { init } = await import("./init/init.ts");
		const say = (line: string) => process.stdout.write(`${line}\n`);
		process.exitCode = (await init(folder, options, say)) ? 0 : 1;
	});

program
	.command("schema")
	.description("print the JSON Schema of .github/modelwright.yml")
	.action(async () => {
		const { schemaText } = await import("../run/config-schema.ts");
		process.stdout.write(schemaText());
	});

program
	.command("skills")
	.description("say which skills fit a repository and a task, and why")
	.argument("[folder]", "a checkout of the repository", ".")
	.option("--task <text>", "the task, as an issue would say it", "")
	.option("--table", "print the catalogue as docs/skills.md shows it", false)
	.option("--check", "check all skills, and run the programs in them", false)
	.option("--only <name...>", "with --check: these skills alone", [])
	.option("--json", "with --check: print the count as JSON", false)
	.action(async (folder: string, options: SkillsOptions) => {
		const say = (line: string) => process.stdout.write(`${line}\n`);
		if (options.check) {
			const { tellCheck } = await import("./skills/check/tell.ts");
			const complain = (line: string) => process.stderr.write(`${line}\n`);
			process.exitCode = (await tellCheck(options, say, complain)) ? 0 : 1;
			return;
		}
		const { skills } = await import("./skills/skills.ts");
		process.exitCode = (await skills(folder, options, say)) ? 0 : 1;
	});

program
	.command("map")
	.description("say where a repository's machine learning is, and what to read")
	.argument("<folder>", "a checkout of the repository")
	.option("--task <text>", "the task, as an issue would say it", "")
	.option("--json", "print everything known as JSON", false)
	.option("--tokens <n>", "the longest text, in tokens of a model", "2000")
	.action(async (folder: string, options: MapRequest) => {
		const { map } = await import("./map/map.ts");
		const say = (text: string) => process.stdout.write(`${text}\n`);
		const complain = (line: string) => process.stderr.write(`${line}\n`);
		process.exitCode = await map(folder, options, say, complain);
	});

program
	.command("check")
	.description("say what in a repository's Python makes its results wrong")
	.argument("[folder]", "a checkout of the repository", ".")
	.option("--json", "print everything found as JSON", false)
	.option("--sarif", "print it as SARIF 2.1.0", false)
	.option("--rule <ids...>", "only these rules", [])
	.option("--min-confidence <n>", "only what is at least so sure, in percent")
	.option("--baseline <file>", "leave out what this file knows")
	.option("--write-baseline <file>", "write what is found as a baseline")
	.option("--label <columns...>", "columns known to be the label", [])
	.option("--no-cache", "look at unchanged files too")
	.action(async (folder: string, options: RuleRequest) => {
		const { check } = await import("./check/check.ts");
		const { coloured, plain } = await import("./check/show.ts");
		process.exitCode = await check(folder, options, {
			say: (text) => process.stdout.write(`${text}\n`),
			complain: (line) => process.stderr.write(`${line}\n`),
			paint: process.stdout.isTTY && !process.env.NO_COLOR ? coloured : plain,
		});
	});

await program.parseAsync();
