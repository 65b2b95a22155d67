import { Problem } from "../problem.ts";
import { type Html, html } from "./html.ts";
import { page } from "./layout.ts";

/** Says what was refused and keeps the text that was to be sent. */
export function problemPage(problem: Problem, back: string, text = ""): Html {
	const reasons = (problem.errors ?? []).map((error) => {
		const { message, field, code } = error as Record<string, unknown>;
		const words = [message, field, code].filter(Boolean).map(String);
		return html`<li>${words.join(" ").replaceAll("_", " ")}</li>`;
	});
	const kept =
		text !== "" &&
		html`
			<p>What you wrote, so that nothing is lost:</p>
			<textarea rows="8" readonly aria-label="What you wrote">&#10;${text}
			</textarea>
		`;
	const title = problem.status === 404 ? "Not here" : "This was refused";
	const main = html`
		<section class="sheet problem">
			<h1>${title}</h1>
			<p>${problem.message} <span class="quiet">(${problem.status})</span></p>
			${reasons.length > 0 && html`<ul>${reasons}</ul>`}${kept}
			<p><a class="button" href="${back}">Back</a></p>
		</section>
	`;
	return page(title, null, main);
}

export function missingPage(path: string): Html {
	const problem = new Problem(404, `There is no page ${path}.`);
	return problemPage(problem, "/");
}
