// Shows what happened meanwhile without touching what a person is doing, and
// marks the lines that a link names. Pages work without it.
const PAUSE = 2000;

/** How each part looked when the server sent it; folding changes the page. */
const sent = new WeakMap();
let tag = "";

function remember(root) {
	for (const part of root.querySelectorAll(
		"[data-live], [data-live-list] > [id]",
	))
		sent.set(part, part.outerHTML);
}

function isInUse(part) {
	const field = document.activeElement;
	if (part.contains(field) && field.matches("input, select, textarea"))
		return true;
	const selection = getSelection();
	if (!selection.isCollapsed && part.contains(selection.anchorNode))
		return true;
	const texts = [...part.querySelectorAll("textarea")];
	return texts.some((text) => text.value !== text.defaultValue);
}

function replace(old, fresh) {
	const source = fresh.outerHTML;
	if (sent.get(old) === source || isInUse(old)) return;
	const folds = [...old.querySelectorAll("details")];
	[...fresh.querySelectorAll("details")].forEach((fold, index) => {
		const before = folds[index];
		const name = before?.querySelector("summary")?.textContent;
		if (fold.querySelector("summary")?.textContent === name)
			fold.open = before.open;
	});
	if (old.matches("details")) fresh.open = old.open;
	old.replaceWith(fresh);
	sent.set(fresh, source);
}

function updateList(list, fresh) {
	const wanted = new Set([...fresh.children].map(({ id }) => id));
	let last = null;
	for (const item of [...fresh.children]) {
		const old = document.getElementById(item.id);
		if (old) replace(old, item);
		else {
			const source = item.outerHTML;
			if (last) last.after(item);
			else list.prepend(item);
			sent.set(item, source);
		}
		last = document.getElementById(item.id);
	}
	for (const item of [...list.children])
		if (!wanted.has(item.id) && !isInUse(item)) item.remove();
}

async function refresh() {
	const headers = tag ? { "if-none-match": tag } : {};
	const answer = await fetch(location.href, { headers, cache: "no-store" });
	if (!answer.ok) return;
	tag = answer.headers.get("etag") ?? "";
	const text = await answer.text();
	const page = new DOMParser().parseFromString(text, "text/html");
	for (const part of document.querySelectorAll("[data-live]")) {
		const fresh = page.getElementById(part.id);
		if (fresh) replace(part, fresh);
	}
	for (const list of document.querySelectorAll("[data-live-list]")) {
		const fresh = page.getElementById(list.id);
		if (fresh) updateList(list, fresh);
	}
}

async function keepUp() {
	// A server that is gone for a while is asked again.
	if (!document.hidden) await refresh().catch(() => undefined);
	setTimeout(keepUp, PAUSE);
}

function markLines() {
	const [, from, to = from] = /^#L(\d+)(?:-L(\d+))?$/.exec(location.hash) ?? [];
	for (const row of document.querySelectorAll(".blob tr")) {
		const number = Number(row.id.slice(1));
		const meant = number >= Number(from) && number <= Number(to);
		row.classList.toggle("meant", meant);
	}
	if (from)
		document.getElementById(`L${from}`)?.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
	const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
	if (sends && event.target.matches("textarea"))
		event.target.form?.requestSubmit();
});

addEventListener("hashchange", markLines);
markLines();
remember(document);
if (document.querySelector("[data-live], [data-live-list]"))
	setTimeout(keepUp, PAUSE);
