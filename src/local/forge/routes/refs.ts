import { answer, type Call, type Routes } from "../call.ts";
import { branchMoved } from "../changes/branch-moved.ts";
import { hasObject, ZERO_SHA } from "../git/objects.ts";
import {
	deleteRef,
	isAncestor,
	isRefName,
	readRef,
	writeRef,
} from "../git/refs.ts";
import { git } from "../git/run.ts";
import { notFound, Problem } from "../problem.ts";
import { repositoryApi } from "../shapes/repository.ts";

function refShape({ world, repository }: Call, ref: string, sha: string) {
	const api = `${repositoryApi(world, repository)}/git`;
	return {
		ref,
		node_id: Buffer.from(`${repository.id}:${ref}`).toString("base64"),
		url: `${api}/${ref}`,
		object: { type: "commit", sha, url: `${api}/commits/${sha}` },
	};
}

async function requireCommit(call: Call, sha: string): Promise<void> {
	if (!(await hasObject(call.repository.directory, sha, "commit")))
		throw new Problem(422, "Object does not exist");
}

/** An App without leave for workflows brings none along, as GitHub has it. */
async function refuseWorkflows(call: Call, sha: string): Promise<void> {
	if (!call.viaApp || call.world.app.permissions.workflows === "write") return;
	const { directory } = call.repository;
	const news = [sha, "--not", "--branches", "--", ".github/workflows"];
	const changed = await git(
		directory,
		...["log", "--format=", "--name-only", ...news],
	);
	const [path] = changed.split("\n");
	if (path)
		throw new Problem(
			403,
			`refusing to allow a GitHub App to create or update workflow \`${path}\` without \`workflows\` permission`,
		);
}

export const refRoutes = {
	"git/get-ref": async (call) => {
		const ref = `refs/${call.params.ref}`;
		const sha = await readRef(call.repository.directory, ref);
		if (!sha) throw notFound();
		return answer(200, refShape(call, ref, sha));
	},

	"git/create-ref": async (call) => {
		const { ref, sha } = call.body as { ref: string; sha: string };
		const { directory } = call.repository;
		if (!isRefName(ref))
			throw new Problem(422, `${ref} is not a valid ref name.`);
		await requireCommit(call, sha);
		await refuseWorkflows(call, sha);
		if (await readRef(directory, ref))
			throw new Problem(422, "Reference already exists");
		// "a" and "a/b" cannot both be branches: git keeps one as a file.
		if (!(await writeRef(directory, ref, sha, null)))
			throw new Problem(422, "Reference name conflicts with another reference");
		await branchMoved(call, call.repository, ref, ZERO_SHA, sha);
		return answer(201, refShape(call, ref, sha));
	},

	"git/update-ref": async (call) => {
		const { sha, force } = call.body as { sha: string; force?: boolean };
		const { directory } = call.repository;
		const ref = `refs/${call.params.ref}`;
		const before = await readRef(directory, ref);
		if (!before) throw new Problem(422, "Reference does not exist");
		await requireCommit(call, sha);
		await refuseWorkflows(call, sha);
		if (!force && !(await isAncestor(directory, before, sha)))
			throw new Problem(422, "Update is not a fast forward");
		if (before === sha) return answer(200, refShape(call, ref, sha));
		if (!(await writeRef(directory, ref, sha, before)))
			throw new Problem(409, "Reference was updated meanwhile");
		await branchMoved(call, call.repository, ref, before, sha);
		return answer(200, refShape(call, ref, sha));
	},

	"git/delete-ref": async (call) => {
		const { directory } = call.repository;
		const ref = `refs/${call.params.ref}`;
		const before = await readRef(directory, ref);
		if (!before) throw new Problem(422, "Reference does not exist");
		if (!(await deleteRef(directory, ref)))
			throw new Problem(409, "Reference was updated meanwhile");
		await branchMoved(call, call.repository, ref, before, ZERO_SHA);
		return { status: 204 };
	},
} satisfies Routes;
