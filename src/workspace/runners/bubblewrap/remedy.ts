// What to do about a box that does not start, by what was said of it.
const REMEDIES: readonly (readonly [RegExp, string])[] = [
	[
		/^spawn bwrap ENOENT/,
		"bwrap is not installed (Debian, Ubuntu: apt install bubblewrap)",
	],
	[
		/^spawn (bwrap )?(EINVAL|EPERM)/,
		"started by root, this process has to be able to become another user: give it the capabilities SETUID and SETGID, or start it as an ordinary user",
	],
	[/Unknown option/, "bubblewrap 0.8 or newer is needed"],
	[
		/source path .*Permission denied/,
		"the box's user may not go there: have MODELWRIGHT_PYTHON name an interpreter that everybody may read, below /opt, say",
	],
	[
		/mount proc|pivot_root|remount|bind mount/i,
		"this machine or its container forbids mounts; docs/runners.md says what a container needs",
	],
	[
		/namespace|uid map|Operation not permitted|No permissions/i,
		"this machine or its container forbids namespaces; docs/runners.md says what a container needs",
	],
];

/** The complaint, and what can be done about it where that is known. */
export function withRemedy(complaint: string): string {
	const [, remedy] = REMEDIES.find(([of]) => of.test(complaint)) ?? [];
	if (!remedy) return complaint;
	return `${complaint.replace(/\.$/, "")} (${remedy})`;
}
