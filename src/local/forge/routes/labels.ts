import { answer, type Call, findIssue, paged, type Routes } from "../call.ts";
import { addLabel, ensureLabel, removeLabel } from "../changes/issues.ts";
import { invalid, notFound } from "../problem.ts";
import { labelShape } from "../shapes/issue.ts";
import type { Label } from "../state.ts";

function findLabel(call: Call, labels: Iterable<Label>): Label {
	const name = (call.params.name ?? "").toLowerCase();
	for (const label of labels)
		if (label.name.toLowerCase() === name) return label;
	throw notFound("Label does not exist");
}

function labelsOf(call: Call, labels: Label[]) {
	return labels.map((label) => labelShape(call.world, call.repository, label));
}

export const labelRoutes = {
	"issues/get-label": (call) => {
		const label = findLabel(call, call.repository.labels.values());
		return answer(200, labelShape(call.world, call.repository, label));
	},

	"issues/create-label": (call) => {
		const { world, repository } = call;
		const { name, color, description } = call.body as {
			name: string;
			color?: string;
			description?: string;
		};
		if (repository.labels.has(name.toLowerCase()))
			throw invalid("Label", "name", "already_exists");
		if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color))
			throw invalid("Label", "color", "invalid");
		const label = ensureLabel(
			call,
			repository,
			name,
			color?.toLowerCase(),
			description ?? null,
		);
		return answer(201, labelShape(world, repository, label));
	},

	"issues/list-labels-on-issue": (call) =>
		paged(call, findIssue(call).labels, (label) =>
			labelShape(call.world, call.repository, label),
		),

	"issues/add-labels": async (call) => {
		const issue = findIssue(call);
		const names = namesIn(call.body);
		if (names.some((name) => name.trim() === ""))
			throw invalid("Label", "name", "invalid");
		for (const name of names) {
			const label = ensureLabel(call, call.repository, name);
			await addLabel(call, call.repository, issue, label);
		}
		return answer(200, labelsOf(call, issue.labels));
	},

	"issues/remove-label": async (call) => {
		const issue = findIssue(call);
		const label = findLabel(call, issue.labels);
		await removeLabel(call, call.repository, issue, label);
		return answer(200, labelsOf(call, issue.labels));
	},
} satisfies Routes;

function namesIn(body: unknown): string[] {
	const { labels = [] } = (body ?? {}) as {
		labels?: (string | { name: string })[];
	};
	return labels.map((one) => (typeof one === "string" ? one : one.name));
}
