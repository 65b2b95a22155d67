// Hygen's templates that a skill brings, filled in as Hygen itself would. They use
// one tag, the name's, so that this needs no interpreter of templates.
import { load } from "js-yaml";
import { readFileOf, templatesOf } from "./shelf.ts";

export interface MadeFile {
	readonly path: string;
	readonly text: string;
}

/** As Hygen is asked: `ml/model new --name churn`. */
const ASKED = /^(?:hygen )?([\w-]+\/[\w-]+) new --name (.+)$/;
/** A Python package. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/;

/** What there is to ask for, in order; empty for most skills. */
export function generatorsOf(skill: string): string[] {
	const folders = templatesOf(skill).map((path) =>
		path.replace(/^.*_templates\/|\/new\/[^/]+$/g, ""),
	);
	return [...new Set(folders)].map((folder) => `${folder} new --name NAME`);
}

/** Undefined when nothing of that kind was asked for; throws in words when the name cannot be one. */
export function generate(skill: string, asked: string): MadeFile[] | undefined {
	const [, generator = "", name = ""] = ASKED.exec(asked.trim()) ?? [];
	const templates = templatesOf(skill).filter((path) =>
		path.includes(`_templates/${generator}/new/`),
	);
	if (generator === "" || templates.length === 0) return undefined;
	if (!NAME.test(name))
		throw new Error(
			`"${name}" is to name a Python package: small letters, digits and _, beginning with a letter`,
		);
	return templates.map((path) => fill(readFileOf(skill, path), name));
}

function fill(template: string, name: string): MadeFile {
	const filled = template.replaceAll("<%= name %>", name);
	const [, head = "", text = ""] =
		/^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(filled) ?? [];
	const { to } = load(head) as { to: string };
	return { path: to, text };
}
