import type { Change, TestRun } from "../../reports/change.ts";
import type { Conformity } from "../../reports/conformity.ts";
import type { ShownItem } from "../../reports/items.ts";
import type { NewFile } from "../phase.ts";

/** A change as the writer hands it in. */
export interface Draft {
	/** 1, or 2 after the repair. */
	readonly round: 1 | 2;
	readonly change: Change;
	readonly items: readonly ShownItem[];
}

/** A draft and what was found about it. */
export interface Version extends Draft {
	/** Whole new contents of what it touches. */
	readonly files: readonly NewFile[];
	readonly tests: TestRun;
	/** Absent where nothing but tests was asked for. */
	readonly conformity?: Conformity;
}
