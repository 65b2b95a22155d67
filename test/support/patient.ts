/** For `vi.waitUntil`, whose own second is too short on a busy machine; what never comes still fails. */
export const PATIENT = { timeout: 15_000, interval: 20 };
