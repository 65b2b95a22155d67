// The fixed names of the workflow: its twelve phases, four meta-phases, seven roles.
import { z } from "zod";

export const META_PHASES = [
	"Discovery",
	"Design",
	"Implementation",
	"Evaluation",
] as const;
export type MetaPhase = (typeof META_PHASES)[number];

/** The twelve phases in order; index + 1 is the phase's number. */
export const PHASE_NAMES = [
	"Problem Analysis",
	"Data Architecture",
	"Risk Assessment",
	"Model Architecture",
	"Training Pipeline",
	"Evaluation Strategy",
	"Model Implementation",
	"Training Infrastructure",
	"Integration",
	"Quality Review",
	"Evaluation Execution",
	"Summary",
] as const;
export const PHASE_COUNT = PHASE_NAMES.length;

export function phaseName(number: number): string {
	const name = PHASE_NAMES[number - 1];
	if (!name)
		throw new RangeError(`there is no phase ${number}; phases are 1 to 12`);
	return name;
}

export function metaPhaseOf(number: number): MetaPhase {
	return META_PHASES[Math.floor((number - 1) / 3)] as MetaPhase;
}

export const ROLES = [
	"ml-explorer",
	"ml-architect",
	"ml-engineer",
	"mlops-engineer",
	"data-scientist",
	"ml-reviewer",
	"ml-writer",
] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const APPROACHES = [
	"baseline",
	"state-of-the-art",
	"pragmatic",
] as const;
export const Approach = z.enum(APPROACHES);
export type Approach = z.infer<typeof Approach>;

export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export const Severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof Severity>;

export const RISK_CLASSES = [
	"data leakage",
	"distribution shift",
	"bias and fairness",
	"reproducibility",
	"scalability",
] as const;
export const RiskClass = z.enum(RISK_CLASSES);
