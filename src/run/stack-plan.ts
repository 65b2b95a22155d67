// Where each open pull request of a stack belongs, now that some below it were
// merged, in whatever order and into whichever branch, or closed.

export interface StandingPull {
	readonly number: number;
	readonly branch: string;
	readonly base: string;
	readonly headSha: string;
	readonly state: "open" | "closed" | "merged";
	readonly merged?: { readonly at: string; readonly sha: string };
}

export interface Placed {
	readonly pull: StandingPull;
	/** The branch it is to be based on. */
	readonly base: string;
	/** The one whose change is taken out of it: merged, or still open under it. */
	readonly below: StandingPull;
	/** What it has to hold: the one below as it is by now, and the merges under that. */
	readonly merges: readonly string[];
}

/** What keeps pull requests from following the ones below them. */
export interface Astray {
	readonly kind: "closed" | "elsewhere";
	/** The one that was closed, or merged into a branch that leads nowhere. */
	readonly pull: StandingPull;
	/** The open ones that rest on it. */
	readonly above: readonly number[];
}

export interface StackPlan {
	/** Lowest first; what rests on no other is left out. */
	readonly placed: readonly Placed[];
	readonly astray: readonly Astray[];
}

/** `pulls`: lowest first, as they were opened. */
export function planStack(
	trunk: string,
	pulls: readonly StandingPull[],
): StackPlan {
	const placed: Placed[] = [];
	const lost = new Map<StandingPull, Astray>();
	for (const pull of pulls) {
		if (pull.state !== "open") continue;
		const below = belowOf(trunk, pulls, pull);
		if (!below) continue;
		const ground = groundOf(trunk, pulls, below);
		if ("astray" in ground) {
			const { kind, astray } = ground;
			const above = [...(lost.get(astray)?.above ?? []), pull.number];
			lost.set(astray, { kind, pull: astray, above });
			continue;
		}
		// Who moved it onto the default branch wants it there.
		const base = pull.base === trunk ? trunk : ground.base;
		placed.push({ pull, base, below, merges: ground.merges });
	}
	for (const pull of pulls)
		if (pull.state === "closed" && !lost.has(pull))
			lost.set(pull, { kind: "closed", pull, above: [] });
	for (const pull of pulls)
		if (
			pull.state === "merged" &&
			!lost.has(pull) &&
			isStray(trunk, pulls, pull)
		)
			lost.set(pull, { kind: "elsewhere", pull, above: [] });
	const order = (one: Astray) => pulls.indexOf(one.pull);
	const astray = [...lost.values()].sort((a, b) => order(a) - order(b));
	return { placed, astray };
}

/** The one it is based on; moved to the default branch already, the merged one it was opened on. */
function belowOf(
	trunk: string,
	pulls: readonly StandingPull[],
	pull: StandingPull,
): StandingPull | undefined {
	if (pull.base !== trunk)
		return pulls.find(({ branch }) => branch === pull.base);
	return pulls
		.slice(0, pulls.indexOf(pull))
		.findLast(({ state }) => state === "merged");
}

type Ground =
	| { readonly base: string; readonly merges: readonly string[] }
	| { readonly kind: Astray["kind"]; readonly astray: StandingPull };

/** Where what rests on `below` belongs, and the merges that branch holds. */
function groundOf(
	trunk: string,
	pulls: readonly StandingPull[],
	below: StandingPull,
): Ground {
	if (below.state === "closed") return { kind: "closed", astray: below };
	// People may base two on each other: none is walked over twice.
	const others = pulls.filter((pull) => pull !== below);
	if (below.state === "open") {
		const under = belowOf(trunk, pulls, below);
		const ground = under && groundOf(trunk, others, under);
		if (ground && "astray" in ground) return ground;
		const { merges = [] } = ground ?? {};
		return { base: below.branch, merges: [below.headSha, ...merges] };
	}
	const merge = below.merged?.sha ?? below.headSha;
	if (below.base === trunk) return { base: trunk, merges: [merge] };
	const host = others.find(({ branch }) => branch === below.base);
	if (!host || leftBehind(host, below))
		return { kind: "elsewhere", astray: below };
	const ground = groundOf(trunk, others, host);
	if ("astray" in ground) return ground;
	// A squash of the host holds what came into it, but not the commit.
	return host.state === "merged"
		? ground
		: { base: ground.base, merges: [merge, ...ground.merges] };
}

/** Its branch was merged before this came into it. */
const leftBehind = (host: StandingPull, pull: StandingPull) =>
	host.state === "merged" && timeOf(host) < timeOf(pull);

const timeOf = ({ merged }: StandingPull) => Date.parse(merged?.at ?? "") || 0;

function isStray(
	trunk: string,
	pulls: readonly StandingPull[],
	pull: StandingPull,
): boolean {
	const ground = groundOf(trunk, pulls, pull);
	return "astray" in ground && ground.astray === pull;
}
