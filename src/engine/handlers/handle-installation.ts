// The App was installed, or given more repositories: each gets one offer of our
// files, as a pull request that people may merge, change or close.
import { messageOf } from "../../errors.ts";
import { isLasting } from "../back-off.ts";
import type { HintOf } from "../hints.ts";
import type { Parts } from "../parts.ts";

/** Whoever gives us more at once did not think of each of them. */
const MOST_AT_ONCE = 10;

/**
 * What fails for a passing reason is thrown, for the delivery to be tried again;
 * what was offered is not offered twice. One repository's refusal is not another's.
 */
export async function handleInstalled(
	parts: Parts,
	{ repositories }: Pick<HintOf<"installed">, "repositories">,
	delivery: number,
): Promise<void> {
	if (repositories.length > MOST_AT_ONCE) return;
	const passing: unknown[] = [];
	for (const repository of repositories) {
		const { publisher } = parts.connect(repository, `setup/${repository.id}`);
		try {
			await publisher.offerSetup();
		} catch (error) {
			const { owner, name } = repository;
			const reason = messageOf(error);
			parts.log.warn({ owner, name, delivery, reason }, "no set-up offered");
			if (!isLasting(error)) passing.push(error);
		}
	}
	if (passing.length > 0) throw passing[0];
}
