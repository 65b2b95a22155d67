// What is served while nobody has registered the App: how to do it, and GitHub's
// own form for it, filled in from app.yml.
import { readFileSync } from "node:fs";
import { load } from "js-yaml";

const APP_YML = new URL("../../../app.yml", import.meta.url);

/**
 * `origin`: where the person reached us, e.g. "http://localhost:3000". A private
 * App can be installed only where it is owned, hence `organisation`.
 */
export function renderSetupPage(
	origin: string,
	githubUrl: string,
	organisation = "",
): string {
	const owner = isLogin(organisation) ? `/organizations/${organisation}` : "";
	const registration = load(readFileSync(APP_YML, "utf8")) as {
		default_permissions: object;
	};
	const manifest = {
		...registration,
		hook_attributes: { url: `${origin}/api/github/webhooks` },
		redirect_url: `${origin}/setup`,
	};
	const withWorkflows = {
		...manifest,
		default_permissions: {
			...registration.default_permissions,
			actions: "write",
		},
	};
	const form = (given: object, label: string) =>
		`<form action="${escapeHtml(githubUrl)}${owner}/settings/apps/new" method="post">
<input type="hidden" name="manifest" value="${escapeHtml(JSON.stringify(given))}">
<button>${label}</button></form>`;
	return page(`
<h1>Modelwright is not connected to GitHub yet</h1>
<p>It works as a GitHub App of your own. Registering one takes a minute.</p>
<ol>
<li>It can be installed only on the account that owns it. For an organisation, name it first:
<form><input name="organisation" value="${escapeHtml(organisation)}" placeholder="organisation"> <button>Use it</button></form></li>
<li>${form(manifest, `Register the App on GitHub${owner ? ` for ${escapeHtml(organisation)}` : ""}`)}
${form(withWorkflows, "The same, with leave to start workflows")}
The second is for repositories whose code is to run on their own runners of GitHub Actions.
GitHub must be able to reach <code>${escapeHtml(origin)}/api/github/webhooks</code>; if that is not its public address, open this page at the public one first.</li>
<li>Give this process three variables (in its environment, or in a file <code>.env</code> where it starts):
<dl>
<dt><code>APP_ID</code></dt><dd>the App's number</dd>
<dt><code>PRIVATE_KEY</code></dt><dd>the private key it was given, PEM (or <code>PRIVATE_KEY_PATH</code>, a file with it)</dd>
<dt><code>WEBHOOK_SECRET</code></dt><dd>the secret its events are signed with</dd>
</dl>
and <code>ANTHROPIC_API_KEY</code> for the model.</li>
<li>Start it again, install the App on a repository, and label an issue <code>ml-task</code>.</li>
</ol>`);
}

/** GitHub sends people back here with a code that is worth the credentials, once. */
export function renderSetupCode(code: string, apiUrl: string): string {
	const command = `curl -sX POST ${apiUrl}/app-manifests/${code}/conversions`;
	return page(`
<h1>The App is registered</h1>
<p>Fetch its credentials within the hour, on the machine that runs Modelwright:</p>
<pre>${escapeHtml(command)}</pre>
<p>In the answer, <code>id</code> is <code>APP_ID</code>, <code>pem</code> is <code>PRIVATE_KEY</code> and <code>webhook_secret</code> is <code>WEBHOOK_SECRET</code>. They are shown to nobody else, and this page does not keep them.</p>
<p>Set them, start Modelwright again, then install the App on a repository.</p>`);
}

const isLogin = (name: string) => /^[A-Za-z0-9-]{1,39}$/.test(name);

/** A code is short and plain; anything else did not come from GitHub. */
export const isSetupCode = (code: string) =>
	/^[A-Za-z0-9_-]{1,100}$/.test(code);

const page = (content: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Modelwright: set-up</title>
<style>body{font:16px/1.5 system-ui;max-width:44rem;margin:3rem auto;padding:0 1rem}pre{overflow:auto;background:#f4f4f4;padding:1rem}li{margin:1rem 0}</style>
${content}
</html>
`;

const escapeHtml = (text: string) =>
	text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;");
