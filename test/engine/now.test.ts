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

	it("finds the code on the default branch once the run's own is renamed", async () => {
		const { run } = begun();
		const heads: Record<string, string> = { trunk: "f".repeat(40) };
		const standing = (defaultBranch: string) =>
			howThingsStand(
				{
					servicesFor: () => ({
						reader: {
							issue: async () => run.issue,
							branchHead: async (branch: string) => heads[branch],
							repository: async () => ({ private: true, defaultBranch }),
							configTexts: async () => ({}),
						},
					}),
				} as unknown as Parts,
				run,
			);
		const { base } = await standing("trunk");
		expect(base).toMatchObject({ sha: heads.trunk, branch: "trunk" });
		expect(base.drift.verdict).toBe("stale");
		expect(base.drift.why).toBe(
			`The branch \`${run.base.branch}\` is gone; the default branch is now \`trunk\`.`,
		);
		// Nothing to go on from: the recorded commit stays.
		expect((await standing(run.base.branch)).base).toMatchObject({
			sha: run.base.sha,
			drift: { verdict: "none" },
		});
	});
});
