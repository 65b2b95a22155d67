// The Probot app: every event of GitHub goes to the intake, and nothing else
// happens here. GitHub gets its answer as soon as the event is kept.
import type { Probot } from "probot";
import type { Intake } from "./engine/intake.ts";
import { messageOf } from "./errors.ts";

export function makeApp(intake: Intake) {
	return (app: Probot): void => {
		app.onAny(async ({ id, name, payload }) => {
			try {
				await intake.record({ id, event: name, payload });
			} catch (error) {
				app.log.error({ id, reason: messageOf(error) }, "a delivery was lost");
				// What is thrown here becomes the answer, which GitHub shows to the App's owners.
				throw new Error("Not taken in: the delivery could not be kept.");
			}
		});
	};
}
