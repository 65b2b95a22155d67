import { type Answer, answer, idParam, type Routes } from "../call.ts";
import { notFound } from "../problem.ts";
import type { Delivery } from "../state.ts";
import { apiBase } from "../world.ts";

function shape(delivery: Delivery): object {
	return {
		id: delivery.id,
		guid: delivery.guid,
		delivered_at: delivery.deliveredAt,
		redelivery: delivery.redelivery,
		duration: delivery.milliseconds / 1000,
		status: delivery.statusText,
		status_code: delivery.status,
		event: delivery.event,
		action: delivery.action,
		installation_id: delivery.installationId,
		repository_id: delivery.repositoryId,
		throttled_at: null,
	};
}

function find(deliveries: Delivery[], id: number): Delivery {
	const found = deliveries.find((one) => one.id === id && one.deliveredAt);
	if (!found) throw notFound();
	return found;
}

export const deliveryRoutes = {
	/** Newest first; the cursor is the last id of the page before. */
	"apps/list-webhook-deliveries": ({ world, query, path }): Answer => {
		const size = Math.min(Number(query.get("per_page") ?? 30), 100);
		const cursor = Number(query.get("cursor") ?? Number.POSITIVE_INFINITY);
		const tried = world.state.deliveries
			.filter(({ deliveredAt, id }) => deliveredAt && id < cursor)
			.reverse();
		const page = tried.slice(0, size);
		const last = page.at(-1);
		const more = last && tried.length > size;
		const next = `${apiBase(world)}${path}?per_page=${size}&cursor=${last?.id}`;
		return {
			status: 200,
			body: page.map(shape),
			...(more && { headers: { link: `<${next}>; rel="next"` } }),
		};
	},

	"apps/get-webhook-delivery": (call) => {
		const id = idParam(call, "delivery_id");
		const delivery = find(call.world.state.deliveries, id);
		return answer(200, {
			...shape(delivery),
			url: call.world.app.webhookUrl,
			request: {
				headers: delivery.requestHeaders,
				payload: JSON.parse(delivery.body),
			},
			response: {
				headers: delivery.responseHeaders,
				payload: delivery.responseBody,
			},
		});
	},

	"apps/redeliver-webhook-delivery": (call) => {
		const id = idParam(call, "delivery_id");
		const delivery = find(call.world.state.deliveries, id);
		call.world.courier.redeliver(delivery.guid);
		return answer(202, {});
	},
} satisfies Routes;
