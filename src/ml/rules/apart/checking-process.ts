// The other side of check-apart.ts: answers questions until nobody is there to ask.
import { checkRules } from "../check-rules.ts";
import type { Question } from "./check-apart.ts";

process.on("message", async ({ files, context }: Question) => {
	process.send?.(await checkRules(files, context));
});
process.on("disconnect", () => process.exit());
