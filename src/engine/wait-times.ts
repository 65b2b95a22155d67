// Until when agents of a run wait for the model service, as this process knows.
const waits = new Map<string, Map<string, number>>();

export function noteWait(runId: string, agent: string, until: number): void {
	const ofRun = waits.get(runId) ?? new Map<string, number>();
	waits.set(runId, ofRun.set(agent, until));
}

export function forgetWait(runId: string, agent: string): void {
	const ofRun = waits.get(runId);
	ofRun?.delete(agent);
	if (ofRun?.size === 0) waits.delete(runId);
}

/** ISO time at which the last of them goes on, if any waits. */
export function waitsUntil(runId: string): string | undefined {
	const ends = [...(waits.get(runId)?.values() ?? [])];
	return ends.length > 0
		? new Date(Math.max(...ends)).toISOString()
		: undefined;
}
