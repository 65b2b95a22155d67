import { setFlagsFromString } from "node:v8";

/**
 * For a process that does nothing but check: trees are let go group by group, and
 * a heap that is swept often instead of grown stays at a third of the memory.
 */
export function keepHeapLean(): void {
	setFlagsFromString("--heap-growing-percent=30");
	setFlagsFromString("--semi-space-growth-factor=1");
}
