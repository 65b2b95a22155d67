import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem } from "../problem.ts";
import { findAccount, findRepository } from "../state.ts";
import { DEEDS } from "./deeds.ts";
import type { Html } from "./html.ts";
import {
	goTo,
	isLoopback,
	isOwnForm,
	readForm,
	sendFile,
	sendPage,
} from "./http.ts";
import { homePage } from "./lists.ts";
import { issuePath, repositoryPath } from "./paths.ts";
import { missingPage, problemPage } from "./problem-page.ts";
import { peopleOf, type Site, type Visit } from "./site.ts";
import { show } from "./views.ts";

/** One address each; the style sheet is kept in parts, whose order matters. */
const FILES: Record<string, { type: string; parts: string[] }> = {
	"style.css": {
		type: "text/css",
		parts: [
			"paper",
			"head",
			"columns",
			"timeline",
			"forms",
			"markdown",
			"code",
			"narrow",
		].map((part) => `style/${part}.css`),
	},
	"live.js": { type: "text/javascript", parts: ["live.js"] },
};

/**
 * GitHub as people see it: whatever is neither API nor git. Always answers,
 * also where there is no page.
 */
export async function servePages(
	request: IncomingMessage,
	response: ServerResponse,
	site: Site,
): Promise<boolean> {
	const url = new URL(request.url ?? "/", site.base);
	const send = (status: number, page: Html): void =>
		sendPage(request, response, status, page);
	if (!isLoopback(request.headers.host)) {
		const problem = new Problem(403, "These pages answer this machine alone.");
		send(403, problemPage(problem, "/"));
	} else if (request.method === "POST") {
		await doDeed(request, response, site, url);
	} else if (request.method !== "GET" && request.method !== "HEAD") {
		const problem = new Problem(405, `Nothing here takes ${request.method}.`);
		send(405, problemPage(problem, "/"));
	} else if (url.pathname.startsWith("/-/")) {
		const name = url.pathname.slice(3);
		const file = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
		if (file) sendFile(response, file.type, await readParts(file.parts));
		else send(404, missingPage(url.pathname));
	} else {
		const shown = await find(request, site, url);
		if (typeof shown === "string") goTo(response, shown);
		else if (shown) send(200, shown);
		else send(404, missingPage(url.pathname));
	}
	return true;
}

async function readParts(parts: readonly string[]): Promise<Buffer> {
	return Buffer.concat(
		await Promise.all(
			parts.map((part) => readFile(new URL(part, import.meta.url))),
		),
	);
}

interface Place {
	owner: string;
	name: string;
	/** What follows "/owner/name", decoded. */
	below: string;
}

/** Null for an address that no browser should have been able to send. */
function readPlace({ pathname }: URL): Place | null {
	try {
		const [, owner = "", name = "", ...rest] =
			decodeURIComponent(pathname).split("/");
		const below = rest.map((part) => `/${part}`).join("");
		return pathname.includes("%00") ? null : { owner, name, below };
	} catch {
		return null;
	}
}

async function find(
	request: IncomingMessage,
	site: Site,
	url: URL,
): Promise<Html | string | null> {
	const place = readPlace(url);
	if (!place) return null;
	const { owner, name, below } = place;
	if (owner === "") return homePage(site);
	if (name === "") {
		const account = findAccount(site.state, owner);
		return account ? homePage(site, account.login) : null;
	}
	const repository = findRepository(site.state, `${owner}/${name}`);
	if (!repository) return null;
	const people = peopleOf(site, repository);
	const wanted = /(?:^|; *)as=([^;]*)/.exec(request.headers.cookie ?? "")?.[1];
	const chosen = people.find(
		({ account }) => encodeURIComponent(account.login) === wanted,
	);
	const person = (chosen ?? people[0])?.account ?? null;
	const visit: Visit = { site, repository, url, person, people };
	return show(visit, below);
}

async function doDeed(
	request: IncomingMessage,
	response: ServerResponse,
	site: Site,
	url: URL,
): Promise<void> {
	let form = new URLSearchParams();
	try {
		if (!isOwnForm(request))
			throw new Problem(403, "This form was sent from somewhere else.");
		form = await readForm(request);
		const as = form.get("as") ?? "";
		const target =
			url.pathname === "/-/as"
				? ownPath(form.get("back"))
				: await perform(site, url, as, form);
		goTo(response, target, as);
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		const back = backFrom(site, url);
		const page = problemPage(error, back, form.get("body") ?? "");
		sendPage(request, response, error.status, page);
	}
}

async function perform(
	site: Site,
	url: URL,
	as: string,
	form: URLSearchParams,
): Promise<string> {
	const { owner = "", name = "", below = "" } = readPlace(url) ?? {};
	const repository = findRepository(site.state, `${owner}/${name}`);
	if (!repository) throw new Problem(404, "There is no such repository.");
	const people = peopleOf(site, repository);
	if (!people.some(({ account }) => account.login === as))
		throw new Problem(403, `Nobody called ${as} may enter this repository.`);
	for (const [pattern, deed] of DEEDS) {
		const match = pattern.exec(below);
		if (!match) continue;
		const field = (key: string): string => form.get(key) ?? "";
		const numbers = match.slice(1).map(Number);
		return deed({ acts: site.acts, repository, numbers, as, field });
	}
	throw new Problem(404, "Nothing here takes this form.");
}

/** Where a refused form came from, as far as its address tells. */
function backFrom({ state }: Site, url: URL): string {
	const { owner = "", name = "", below = "" } = readPlace(url) ?? {};
	const repository = findRepository(state, `${owner}/${name}`);
	if (!repository) return "/";
	const number = Number(/^\/(?:issues|pull)\/(\d+)/.exec(below)?.[1]);
	const issue = repository.issues.get(number);
	return issue ? issuePath(repository, issue) : repositoryPath(repository);
}

/** A path of ours, never another host's. */
function ownPath(path: string | null): string {
	return path && /^\/(?![/\\])/.test(path) ? path : "/";
}
