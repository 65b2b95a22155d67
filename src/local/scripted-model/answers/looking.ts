// How every scripted agent of the first phases begins.
import { call, think } from "../server/reply.ts";
import { COLUMNS_FILE } from "./clues.ts";

export const lookAround = [
	think("First the layout, the columns' roles and where things are defined."),
	call("glob", { pattern: "**/*.py" }),
	call("view", { path: COLUMNS_FILE }),
	call("grep", { pattern: "^(class|def) ", path: "churn" }),
	call("data_profile", {}),
];

/** The module that prepares rows: whatever imports the group-wise split. */
export const findPreparation = call("grep", {
	pattern: "import split_by_group",
	path: "churn",
});
