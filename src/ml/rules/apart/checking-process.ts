import { answer } from "../../apart/answer.ts";
import { inspect } from "../inspect.ts";
import { keepHeapLean } from "../lean-heap.ts";
import type { Question } from "./check-apart.ts";

/** Less than the other side waits, so that what was found until then is told. */
const MILLISECONDS = 45_000;

keepHeapLean();
answer(({ files, context }: Question) =>
	inspect(files, context, { milliseconds: MILLISECONDS }),
);
