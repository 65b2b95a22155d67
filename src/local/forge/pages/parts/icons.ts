import { Html } from "../html.ts";

/** Drawn on a field of 16 by 16, in the text's colour. */
const DRAWINGS = {
	open: '<circle cx="8" cy="8" r="6.2"/><circle cx="8" cy="8" r="1.8" fill="currentColor" stroke="none"/>',
	done: '<circle cx="8" cy="8" r="6.2"/><path d="M5.2 8.2l2 2 3.6-4"/>',
	pull: '<circle cx="4" cy="3.6" r="1.7"/><circle cx="4" cy="12.4" r="1.7"/><circle cx="12" cy="12.4" r="1.7"/><path d="M4 5.4v5.2M12 10.6V6.4a2 2 0 0 0-2-2H8M9.8 2.2L7.6 4.4l2.2 2.2"/>',
	draft:
		'<circle cx="4" cy="3.6" r="1.7"/><circle cx="4" cy="12.4" r="1.7"/><circle cx="12" cy="12.4" r="1.7"/><path d="M4 5.4v5.2M12 9.4v-1M12 6.4v-1M12 3.4v-1"/>',
	merged:
		'<circle cx="4.4" cy="3.6" r="1.7"/><circle cx="4.4" cy="12.4" r="1.7"/><circle cx="11.8" cy="8.6" r="1.7"/><path d="M4.4 5.4v5.2M4.4 5.4c.3 2.2 2.3 3.2 5.6 3.2"/>',
	closed: '<circle cx="8" cy="8" r="6.2"/><path d="M4 12L12 4"/>',
	branch:
		'<circle cx="4.4" cy="3.6" r="1.7"/><circle cx="4.4" cy="12.4" r="1.7"/><circle cx="11.6" cy="4.6" r="1.7"/><path d="M4.4 5.4v5.2M11.6 6.4c0 2.4-2 3-7.2 3.6"/>',
	success:
		'<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/><path class="cut" d="M4.8 8.3l2.2 2.2 4.2-4.8"/>',
	failure:
		'<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/><path class="cut" d="M5.5 5.5l5 5M10.5 5.5l-5 5"/>',
	neutral:
		'<rect x="1.6" y="1.6" width="12.8" height="12.8" rx="3.5" fill="currentColor" stroke="none"/><path class="cut" d="M5 8h6"/>',
	running: '<circle cx="8" cy="8" r="6.2" stroke-dasharray="26 13"/>',
	notice: '<circle cx="8" cy="8" r="6.2"/><path d="M8 7.4v4M8 4.7v.2"/>',
	warning: '<path d="M8 2.2L14.4 13.4H1.6z"/><path d="M8 6.4v3.4M8 11.5v.2"/>',
	file: '<path d="M3.6 1.8h5.6l3.2 3.2v9.2H3.6zM9 1.8v3.4h3.4"/>',
	folder: '<path d="M1.8 3.4h4.4l1.4 1.8h6.6v7.6H1.8z" fill="currentColor"/>',
	label: '<path d="M2 2.4h5.4l6.4 6.4-5.2 5.2L2 7.6zM5 5.2v.2"/>',
	pencil: '<path d="M3 13l.8-3.2L10.6 3 13 5.4l-6.8 6.8z"/>',
	speech: '<path d="M2.2 3h11.6v8H8.4l-3.2 2.8V11h-3z"/>',
	commit: '<circle cx="8" cy="8" r="2.8"/><path d="M.8 8h4.4M10.8 8h4.4"/>',
	"+1": '<path d="M5.4 7.2L8 2.4c1.6 0 1.9 1.3 1.4 3.2L9 6.8h3.6c1 0 1.3.8 1.1 1.6l-1 4c-.2.8-.7 1.2-1.5 1.2H5.4zM2.4 7.2h3v6.4h-3z"/>',
	"-1": '<path d="M5.4 8.8L8 13.6c1.6 0 1.9-1.3 1.4-3.2L9 9.2h3.6c1 0 1.3-.8 1.1-1.6l-1-4c-.2-.8-.7-1.2-1.5-1.2H5.4zM2.4 8.8h3V2.4h-3z"/>',
	laugh:
		'<circle cx="8" cy="8" r="6.2"/><path d="M4.6 9h6.8c-.3 2-1.6 3-3.4 3s-3.1-1-3.4-3zM5.6 5.6v.8M10.4 5.6v.8"/>',
	confused:
		'<circle cx="8" cy="8" r="6.2"/><path d="M5.4 11.2c1-.9 2.6-1.4 5.2-1.2M5.6 6v.8M10.4 6v.8"/>',
	heart:
		'<path d="M8 13.4C3 9.8 1.8 7.8 1.8 5.8c0-3.6 4.4-4.4 6.2-1.4 1.8-3 6.2-2.2 6.2 1.4 0 2-1.2 4-6.2 7.6z"/>',
	hooray:
		'<path d="M2.2 13.8l3-8.4 5.4 5.4zM9.4 5.2l1-2.6M11.2 6.8l2.6-1.2M8 3.4v-2M12.4 9.2h2"/>',
	rocket:
		'<path d="M6 10C6 5.6 8.6 2.4 13.4 2.2c0 4.8-3 7.6-7.4 7.8zM6 10l-2.6-.4L5 7M6 10l.4 2.6L9 11M3.4 12.6l1-1"/><circle cx="10" cy="5.8" r=".9"/>',
	eyes: '<ellipse cx="4.4" cy="8" rx="3" ry="5"/><ellipse cx="11.6" cy="8" rx="3" ry="5"/><ellipse cx="3.4" cy="9" rx="1.5" ry="2.4" fill="currentColor" stroke="none"/><ellipse cx="10.6" cy="9" rx="1.5" ry="2.4" fill="currentColor" stroke="none"/>',
} as const;

export type IconName = keyof typeof DRAWINGS;

export function icon(name: IconName): Html {
	return new Html(
		`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${DRAWINGS[name]}</svg>`,
	);
}
