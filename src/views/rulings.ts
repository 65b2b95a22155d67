// The risk register with what people ruled on it.
import type { Risk } from "../reports/risks.ts";
import type { Run } from "../run/run.ts";
import { cleanLine } from "./clean.ts";
import { codeSpan } from "./code.ts";
import { table } from "./table.ts";

export const rulingTable = (
	{ rulings }: Run,
	risks: readonly Pick<Risk, "id" | "title">[],
	showAt: (at: string) => string,
): string =>
	table(
		["#", "risk", "ruling", "by", "when", "reason"],
		risks.flatMap(({ id, title }) => {
			const ruled = rulings.find(({ risk }) => risk === id);
			if (!ruled) return [];
			const { ruling, by, at, reason = "" } = ruled;
			return [
				[
					id,
					cleanLine(title),
					ruling,
					codeSpan(by),
					showAt(at),
					cleanLine(reason),
				],
			];
		}),
	);
