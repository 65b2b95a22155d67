// What a run's first agent waits for, begun while the run itself is still being
// written down. Nothing depends on it: what fails here is done, and told, where
// it is needed.
import { repositoryPack } from "../agents/prompt/pack.ts";
import { proposeFor } from "../agents/prompt/skill-list.ts";
import type { Beginning } from "../run/begin.ts";
import { visibleTree } from "../workspace/hidden-tree.ts";
import type { Parts } from "./parts.ts";

export function readAhead(parts: Parts, beginning: Beginning): void {
	prepare(parts, beginning).catch((error: unknown) =>
		parts.log.info({ run: beginning.id, error }, "reading ahead failed"),
	);
}

async function prepare(
	{ servicesFor }: Parts,
	{ base, config, issue, ...run }: Beginning,
): Promise<void> {
	const tree = await servicesFor(run).tree(base.sha, base.branch);
	const visible = visibleTree(tree, config.paths);
	await repositoryPack(visible);
	await proposeFor(visible, `${issue.title}\n${issue.body}`);
}
