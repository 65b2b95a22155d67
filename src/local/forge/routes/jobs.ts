import { idParam, type Routes } from "../call.ts";
import { notFound } from "../problem.ts";
import { jobLogAddress } from "../server/job-logs.ts";

export const jobRoutes = {
	/** A job of GitHub Actions and its check run have one number. */
	"actions/download-job-logs-for-workflow-run": (call) => {
		const run = call.repository.checkRuns.get(idParam(call, "job_id"));
		if (!run?.log) throw notFound();
		const location = jobLogAddress(call.world, run.log.key);
		return { status: 302, headers: { location } };
	},
} satisfies Routes;
