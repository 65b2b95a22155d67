// GitHub's payloads, as far as the engine reads them.

const common = (sender: string) => ({
	installation: { id: 9 },
	repository: {
		id: 7,
		name: "shop",
		private: true,
		html_url: "http://forge.test/octo/shop",
		owner: { login: "octo" },
	},
	issue: {
		number: 42,
		title: "Churn",
		body: "Predict it.",
		user: { login: "alice", type: "User" },
	},
	sender: {
		login: sender,
		type: sender.endsWith("[bot]") ? "Bot" : "User",
	},
});

export const labeled = (sender = "alice", label = "ml-task") => ({
	action: "labeled",
	label: { name: label },
	...common(sender),
});

export const commented = (
	body: string,
	{ sender = "alice", id = 1, action = "created", ...more } = {},
) => ({
	action,
	comment: { id, body, created_at: "2026-01-02T03:04:05Z", ...more },
	...common(sender),
});
