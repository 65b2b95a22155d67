import type { ArchitectureReport, Design } from "../reports/designs.ts";
import type { Approach } from "../reports/workflow.ts";
import type { Run } from "./run.ts";

/** The approach in force: the one a person chose, else the recommended one. */
export const approachInForce = (
	run: Run,
	{ recommended }: ArchitectureReport,
): Approach => run.choice ?? recommended;

/** Its design; undefined when no architect handed one in. */
export const designInForce = (
	run: Run,
	architecture: ArchitectureReport,
): Design | undefined =>
	architecture.designs.find(
		({ approach }) => approach === approachInForce(run, architecture),
	);
