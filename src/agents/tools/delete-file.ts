import { z } from "zod";
import { editTool } from "./edit-tool.ts";

export const deleteFile = editTool({
	name: "delete_file",
	description: "Deletes a file.",
	input: z.object({ path: z.string() }),
	needs: "existing",
	write: ({ path }) => ({ ok: true, content: null, say: `${path} deleted` }),
});
