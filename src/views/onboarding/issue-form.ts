// GitHub's issue form for a task: the five questions of phase 1, asked beforehand.

const area = (
	id: string,
	label: string,
	description: string,
	placeholder: string,
	required: boolean,
) => `  - type: textarea
    id: ${id}
    attributes:
      label: ${label}
      description: ${description}
      placeholder: ${placeholder}
    validations:
      required: ${required}
`;

export const ISSUE_FORM = `name: Machine-learning task
description: A task for Modelwright; what you leave out is read from the repository or asked.
labels: ["ml-task"]
body:
${[
	area(
		"problem",
		"What is to be predicted?",
		"The problem and its kind (classification, regression, forecasting, ...), and what the prediction is used for.",
		"Which customers will cancel within 30 days, so that somebody can call them.",
		true,
	),
	area(
		"data",
		"Which data is there?",
		"Files or tables, what a row is, and what is known at the moment of prediction.",
		"data/customers.csv, one row per customer and month.",
		false,
	),
	area(
		"metrics",
		"How is success measured?",
		"A metric, and the value or improvement that makes it worth having.",
		"PR-AUC, at least 0.03 better than today's baseline.",
		false,
	),
	area(
		"deployment",
		"Where will it run?",
		"Batch, real-time or edge, and how often.",
		"A weekly batch job.",
		false,
	),
	area(
		"constraints",
		"What must it not exceed?",
		"Latency, memory, interpretability, libraries, anything that rules a solution out.",
		"Reasons for each prediction must be shown to agents on the phone.",
		false,
	),
].join("")}`;
