// A check run in the words of GraphQL, and the same in those of REST.

export interface CheckRunInput {
	readonly repositoryId: string;
	readonly name: string;
	readonly headSha: string;
	readonly externalId?: string;
	readonly detailsUrl?: string;
	readonly status?: string;
	readonly conclusion?: string;
	readonly startedAt?: string;
	readonly completedAt?: string;
	readonly actions?: readonly object[];
	readonly output?: {
		readonly title: string;
		readonly summary: string;
		readonly text?: string;
		readonly annotations?: readonly AnnotationInput[];
	};
}

interface AnnotationInput {
	readonly path: string;
	readonly location: {
		readonly startLine: number;
		readonly endLine: number;
		readonly startColumn?: number;
		readonly endColumn?: number;
	};
	readonly annotationLevel: string;
	readonly message: string;
	readonly title?: string;
	readonly rawDetails?: string;
}

export const checkBody = (input: CheckRunInput): Record<string, unknown> => ({
	name: input.name,
	head_sha: input.headSha,
	external_id: input.externalId,
	details_url: input.detailsUrl,
	status: input.status?.toLowerCase(),
	conclusion: input.conclusion?.toLowerCase(),
	started_at: input.startedAt,
	completed_at: input.completedAt,
	actions: input.actions,
	output: input.output && {
		title: input.output.title,
		summary: input.output.summary,
		text: input.output.text,
		annotations: input.output.annotations?.map(annotationBody),
	},
});

const annotationBody = ({ location, ...annotation }: AnnotationInput) => ({
	path: annotation.path,
	start_line: location.startLine,
	end_line: location.endLine,
	start_column: location.startColumn,
	end_column: location.endColumn,
	annotation_level: annotation.annotationLevel.toLowerCase(),
	message: annotation.message,
	title: annotation.title,
	raw_details: annotation.rawDetails,
});
