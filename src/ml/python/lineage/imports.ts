import { bindImports } from "../bind-imports.ts";
import { type Datum, datum } from "./datum.ts";
import type { Frame } from "./scope.ts";
import { runModule } from "./statements.ts";

export const { importStatement, importFromStatement, importedName } =
	bindImports<Datum, Frame>(datum, runModule);
