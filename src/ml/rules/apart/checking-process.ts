// The other side of check-apart.ts: answers questions until nobody is there to ask.
import { inspect } from "../inspect.ts";
import type { Question } from "./check-apart.ts";

/** Less than the other side waits, so that what was found until then is told. */
const MILLISECONDS = 45_000;

process.on("message", async ({ files, context }: Question) => {
	process.send?.(await inspect(files, context, { milliseconds: MILLISECONDS }));
});
process.on("disconnect", () => process.exit());
