import { createHmac, randomUUID } from "node:crypto";
import type { Faults } from "../faults.ts";
import { type Delivery, nextId, type State } from "../state.ts";
import type { AppSettings } from "../world.ts";

/** A webhook that has happened and waits for the API's answer to be out. */
export interface Outgoing {
	event: string;
	action: string | null;
	repositoryId: number | null;
	installationId: number;
	body: string;
}

/** Hands webhooks to the App: signed, one at a time, in order, never retried by itself. */
export interface Courier {
	send(outgoing: readonly Outgoing[]): void;
	/** A further attempt with the same guid; null when there never was such a delivery. */
	redeliver(guid: string): Delivery | null;
	/** Resolves when nothing is on its way. */
	idle(): Promise<void>;
	/** Drops what has not been sent yet. */
	close(): void;
}

const TIMEOUT_MS = 10_000;

export function createCourier(
	state: State,
	app: AppSettings,
	faults: Faults,
): Courier {
	const queue: Delivery[] = [];
	let pumping: Promise<void> | null = null;

	function enqueue(delivery: Delivery): void {
		state.deliveries.push(delivery);
		queue.push(delivery);
		pumping ??= pump().finally(() => {
			pumping = null;
		});
	}

	async function pump(): Promise<void> {
		// The answer of the call that caused this goes first.
		await new Promise((resolve) => setImmediate(resolve));
		for (let next = queue.shift(); next; next = queue.shift()) {
			const fault = faults.takeDelivery(next.event);
			const second = fault === "swap" ? queue.shift() : undefined;
			if (second) await attempt(second, app);
			if (fault === "drop") miss(next, "dropped");
			else await attempt(next, app);
			if (fault === "duplicate") {
				const again = repeat(next);
				state.deliveries.push(again);
				await attempt(again, app);
			}
		}
	}

	function repeat(delivery: Delivery): Delivery {
		return { ...fresh(state, delivery), guid: delivery.guid, redelivery: true };
	}

	return {
		send(outgoing) {
			for (const one of outgoing) enqueue(fresh(state, one));
		},
		redeliver(guid) {
			const found = state.deliveries.find((one) => one.guid === guid);
			if (!found) return null;
			const again = repeat(found);
			enqueue(again);
			return again;
		},
		async idle() {
			while (pumping) await pumping;
		},
		close() {
			queue.length = 0;
		},
	};
}

function fresh(state: State, outgoing: Outgoing): Delivery {
	const { event, action, repositoryId, installationId, body } = outgoing;
	return {
		id: nextId(state),
		guid: randomUUID(),
		event,
		action,
		repositoryId,
		installationId,
		body,
		redelivery: false,
		deliveredAt: null,
		status: 0,
		statusText: "pending",
		milliseconds: 0,
		requestHeaders: {},
		responseHeaders: {},
		responseBody: "",
	};
}

function miss(delivery: Delivery, statusText: string): void {
	delivery.deliveredAt = new Date().toISOString();
	delivery.status = 0;
	delivery.statusText = statusText;
}

function headersFor(
	delivery: Delivery,
	app: AppSettings,
): Record<string, string> {
	const signature = createHmac("sha256", app.webhookSecret)
		.update(delivery.body)
		.digest("hex");
	return {
		accept: "*/*",
		"content-type": "application/json",
		"user-agent": "GitHub-Hookshot/forge",
		"x-github-delivery": delivery.guid,
		"x-github-event": delivery.event,
		"x-github-hook-id": "1",
		"x-github-hook-installation-target-id": String(app.id),
		"x-github-hook-installation-target-type": "integration",
		"x-hub-signature-256": `sha256=${signature}`,
	};
}

/** An App that is away or slow is recorded, as GitHub does; it must not throw. */
async function attempt(delivery: Delivery, app: AppSettings): Promise<void> {
	const started = performance.now();
	delivery.requestHeaders = headersFor(delivery, app);
	try {
		const response = await fetch(app.webhookUrl, {
			method: "POST",
			headers: delivery.requestHeaders,
			body: delivery.body,
			redirect: "manual",
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		delivery.status = response.status;
		delivery.statusText = response.ok ? "OK" : response.statusText;
		delivery.responseHeaders = Object.fromEntries(response.headers);
		delivery.responseBody = (await response.text()).slice(0, 25_000);
		delivery.deliveredAt = new Date().toISOString();
	} catch (error) {
		const late = error instanceof Error && error.name === "TimeoutError";
		miss(delivery, late ? "timed out" : "failed to connect to host");
	}
	delivery.milliseconds = performance.now() - started;
}
