import { describe, expect, it } from "vitest";
import { howThingsStand } from "../../src/engine/now.ts";
import type { Parts } from "../../src/engine/parts.ts";
import { begun } from "../support/runs.ts";

describe("how things stand at the approval", () => {
	it("leaves a stranger's words out once the repository has become public", async () => {
		const { run } = begun();
		const reader = (isPrivate: boolean) => ({
			issue: async () => ({ ...run.issue, author: "eve" }),
			branchHead: async () => run.base.sha,
			repository: async () => ({ private: isPrivate }),
			roleOf: async () => "none",
			configTexts: async () => ({}),
		});
		const standing = (isPrivate: boolean) =>
			howThingsStand(
				{
					servicesFor: () => ({ reader: reader(isPrivate) }),
				} as unknown as Parts,
				run,
			);
		expect((await standing(true)).issue.body).toBe("Predict it.");
		expect((await standing(false)).issue.body).toContain("left out");
	});
});
