import { bindImports } from "../bind-imports.ts";
import type { Frame } from "./frame.ts";
import { runModule } from "./statements.ts";
import { type Value, value } from "./value.ts";

export const { importStatement, importFromStatement, importedName } =
	bindImports<Value, Frame>(value, runModule);
