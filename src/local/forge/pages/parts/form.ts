import { type Html, html, type Part } from "../html.ts";
import type { Visit } from "../site.ts";
import { personChooser } from "./people.ts";

/** A form that acts as the person chosen in the page's head. */
export function actForm(
	{ person }: Visit,
	action: string,
	content: Part,
): Html {
	if (!person) return html``;
	return html`
		<form method="post" action="${action}" class="inline">
			<input type="hidden" name="as" value="${person.login}">${content}
		</form>
	`;
}

export interface TextForm {
	action: string;
	placeholder: string;
	/** Text to begin with. */
	value?: string;
	rows?: number;
	/** Fields before the text. */
	before?: Part;
	buttons: Part;
	/** The text may stay empty. */
	optional?: boolean;
}

/** A form with a text, whose author is chosen beside its buttons. */
export function textForm(visit: Visit, form: TextForm): Html {
	const { action, placeholder, value = "", rows = 4, before, buttons } = form;
	return html`
		<form method="post" action="${action}" class="write">${before}
			<textarea name="body" rows="${rows}" placeholder="${placeholder}" aria-label="${placeholder}"${!form.optional && html` required`}>
				&#10;${value}
			</textarea>
			<div class="foot">${personChooser(visit)}<span class="buttons">
					${buttons}</span>
			</div>
		</form>
	`;
}

/** A submit button; with a name it says which of several was pressed. */
export function button(
	text: Part,
	options: { kind?: "first" | "quiet"; name?: string; value?: string } = {},
): Html {
	const { kind = "", name, value = "" } = options;
	return html`
		<button class="button ${kind}"${name && html` name="${name}" value="${value}" formnovalidate`}>
			${text}</button>
	`;
}
