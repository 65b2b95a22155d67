// Whether the service knows the models that agents are to ask: better told at
// the start than by the first run that fails.
import Anthropic, {
	AuthenticationError,
	NotFoundError,
	PermissionDeniedError,
} from "@anthropic-ai/sdk";
import type { ModelSettings } from "./client.ts";

export interface ModelCheck {
	readonly id: string;
	/** `unsure`: nobody could say, and nothing follows from it. */
	readonly verdict: "served" | "ending" | "unsure" | "unusable";
	/** One line for the operator: what was found and what to do. */
	readonly message: string;
}

/** A start must not wait for a service that does not answer. */
const PATIENCE_MS = 3_000;
const REMEDY =
	"Name another one under `models` in the configuration of the repositories, or update Modelwright.";

/** Must not throw. */
export async function checkModels(
	{ apiKey, baseUrl }: Pick<ModelSettings, "apiKey" | "baseUrl">,
	ids: readonly string[],
	patienceMs = PATIENCE_MS,
): Promise<ModelCheck[]> {
	const client = new Anthropic({
		...{ apiKey, authToken: null, logLevel: "off", openTelemetry: false },
		...(baseUrl ? { baseURL: baseUrl } : {}),
		maxRetries: 0,
	});
	const signal = AbortSignal.timeout(patienceMs);
	return Promise.all(ids.map((id) => checkModel(client, id, signal)));
}

async function checkModel(
	client: Anthropic,
	id: string,
	signal: AbortSignal,
): Promise<ModelCheck> {
	try {
		const found = await client.models.retrieve(id, {}, { signal });
		return { id, ...judge(id, found) };
	} catch (error) {
		if (
			error instanceof AuthenticationError ||
			error instanceof PermissionDeniedError
		)
			return {
				id,
				verdict: "unusable",
				message: `The model service refuses this server's key (status ${error.status}). Set a valid ANTHROPIC_API_KEY.`,
			};
		if (error instanceof NotFoundError && (await hasList(client, signal)))
			return {
				id,
				verdict: "unusable",
				message: `The model service does not know ${id}. ${REMEDY}`,
			};
		return { id, ...unsure(id) };
	}
}

/** Other hosts that speak the protocol may leave fields out. */
function judge(
	id: string,
	found: Partial<Anthropic.ModelInfo>,
): Omit<ModelCheck, "id"> {
	const until = found.retires_at ? ` on ${found.retires_at.slice(0, 10)}` : "";
	if (typeof found.id !== "string") return unsure(id);
	if (found.lifecycle === "retired")
		return { verdict: "unusable", message: `${id} is retired. ${REMEDY}` };
	if (found.lifecycle === "deprecated")
		return { verdict: "ending", message: `${id} ends${until}. ${REMEDY}` };
	return { verdict: "served", message: `${id} is served` };
}

const unsure = (id: string) => ({
	verdict: "unsure" as const,
	message: `The model service could not tell whether it serves ${id}; it is used all the same.`,
});

/** Not every host that serves messages can list its models. */
const hasList = (client: Anthropic, signal: AbortSignal): Promise<boolean> =>
	client.models.list({ limit: 1 }, { signal }).then(
		({ data }) => Array.isArray(data) && data.length > 0,
		() => false,
	);
