import { expect, it } from "vitest";
import { renderSetupPage } from "../../src/engine/http/setup-page.ts";

const page = renderSetupPage("http://localhost:3000", "https://github.example");
const manifests = [...page.matchAll(/name="manifest" value="([^"]+)"/g)].map(
	([, value = ""]) =>
		JSON.parse(value.replaceAll("&quot;", '"').replaceAll("&amp;", "&")) as {
			default_permissions: Record<string, string>;
		},
);

it("the set-up page asks to start workflows only where a person chooses it", () => {
	const [plain, more, ...others] = manifests.map(
		({ default_permissions: wanted }) => wanted,
	);
	expect(others).toEqual([]);
	expect(plain?.actions).toBe("read");
	expect(more).toEqual({ ...plain, actions: "write" });
});
