import { expect, it } from "vitest";
import { handleInstalled } from "../../src/engine/handlers/handle-installation.ts";
import type { Parts } from "../../src/engine/parts.ts";
import { silent } from "../support/silent-logger.ts";

const repositories = (count: number) =>
	Array.from({ length: count }, (_, at) => ({
		...{ id: at + 1, owner: "acme", name: `r${at + 1}`, private: true },
		...{ htmlUrl: "http://forge.test/acme", installationId: 9 },
	}));

/** Who was offered something, where offering fails as told. */
async function offersTo(count: number, failing: Record<string, Error> = {}) {
	const asked: string[] = [];
	const parts = {
		log: silent,
		connect: ({ name }: { name: string }) => ({
			publisher: {
				async offerSetup() {
					asked.push(name);
					if (failing[name]) throw failing[name];
				},
			},
		}),
	} as unknown as Parts;
	const hint = {
		...{ kind: "installed" as const, installationId: 9 },
		repositories: repositories(count),
	};
	const thrown = await handleInstalled(parts, hint, 1).catch((error) => error);
	return { asked, thrown };
}

const refusal = (status: number) =>
	Object.assign(new Error(`answered ${status}`), { status });

it("up to ten repositories are each offered the files", async () => {
	expect((await offersTo(10)).asked).toHaveLength(10);
});

it("whoever hands over more is not flooded with pull requests", async () => {
	expect((await offersTo(11)).asked).toEqual([]);
});

it("one repository's refusal is not another's", async () => {
	const { asked, thrown } = await offersTo(3, { r1: refusal(403) });
	expect(asked).toEqual(["r1", "r2", "r3"]);
	expect(thrown).toBeUndefined();
});

it("what fails for a passing reason is thrown after all were tried", async () => {
	const { asked, thrown } = await offersTo(3, { r2: refusal(502) });
	expect(asked).toEqual(["r1", "r2", "r3"]);
	expect(thrown).toMatchObject({ status: 502 });
});
